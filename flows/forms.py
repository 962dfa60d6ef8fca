"""The questions of Prefect's forms."""

from typing import Any

from pydantic import Field


def question(title: str, description: str) -> Any:
    """A question of the form that officers see. Prefect takes a plain title for the parameter's own name."""
    return Field(json_schema_extra={"title": title, "description": description})

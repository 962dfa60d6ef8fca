"""The JSON Schema of a contract, generated from the model: what editors complete and check while one types."""

from typing import Any

from schemas.contracts import RULES, Contract


def contract_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a contract file. Every scalar may be written bare or quoted."""
    schema = Contract.model_json_schema(by_alias=True, mode="validation")
    schema["$defs"]["Rule"]["properties"]["expect"]["enum"] = sorted(RULES)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Kontrak dataset", **schema}

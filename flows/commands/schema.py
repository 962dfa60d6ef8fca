"""`palu schema`: the contract's JSON Schema, generated from the model, so that editors complete contracts."""

import json

import typer

from schemas.json_schema import contract_schema


def command() -> int:
    typer.echo(json.dumps(contract_schema(), indent=2, ensure_ascii=False))
    return 0

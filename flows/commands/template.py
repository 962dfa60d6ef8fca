"""`palu template`: the Excel workbook that a department fills from now on, made from a dataset's contract."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Cities, Contracts, Dataset
from flows.commands.telling import say
from flows.settings import language, places
from schemas.contracts import Contract, SpreadsheetSource
from schemas.registry import load_cities, the_one
from schemas.template import template

Into = Annotated[
    Path | None, typer.Option(metavar="BERKAS / FILE", help="Berkas templat yang dibuat. / The template's file.")
]


def command(dataset: Dataset, city: Cities = None, into: Into = None, contracts: Contracts = None) -> int:
    where = places(contracts=contracts)
    _, contract = the_one(load_cities(where.contracts, tuple(city or ())), dataset)
    file = (into or Path(f"templat-{contract.id}.xlsx")).absolute()
    made(contract, file)
    return 0


def made(contract: Contract, file: Path) -> None:
    """Write the template of a contract to `file`, never over another, and say what to do with it."""
    from flows.desk.template import keep_template

    laid_out = template(contract, language(None))
    keep_template(laid_out, language(None), file)
    say("template.made", file=file, columns=len(laid_out.columns))
    if not isinstance(contract.source, SpreadsheetSource):
        say("template.other_source", dataset=contract.id, kind=contract.source.kind, sheet=laid_out.sheet)

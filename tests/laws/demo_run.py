"""The demo's publication in a folder of its own, through Prefect: once as it is, then with contracts that fail.

`python -m tests.laws.demo_run FOLDER` writes how every dataset ended to FOLDER/ends.json.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from flows.commands.publish import published
from flows.journey import Outcome
from flows.settings import Places
from samples.approve import approve_samples
from samples.generate import PARKING_DATABASE, REPORTS_FOLDER, generate
from samples.reports_api import serving
from tests.laws.made_up_city import write_yaml

CONTRACTS = Path(__file__).parents[2] / "schemas/cities"
Broken = Callable[[dict[str, Any]], None]


def field(contract: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in contract["fields"] if one["name"] == name)


def wrong_sheet(contract: dict[str, Any]) -> None:
    contract["source"]["sheet"] = "Lembar yang tidak ada"


def exempt_cells_that_do_not_parse(contract: dict[str, Any]) -> None:
    field(contract, "nama_pelapor").update(type="integer", constraints={"required": "true"})


def rule_on_an_exempt_field(contract: dict[str, Any]) -> None:
    field(contract, "nip")["constraints"]["pattern"] = "[A-Z]{3}"


def rule_that_raises(contract: dict[str, Any]) -> None:
    """Sixty times a number of 18 digits is more than 64 bits hold; DuckDB's own message then shows the number."""
    field(contract, "nip").update(type="integer", constraints={"required": "true"})
    arguments = {"column_list": ["nip"] * 60, "sum_total": "1"}
    contract["rules"].append({"expect": "expect_multicolumn_sum_to_equal", "with": arguments, "because": "Uji."})


def query_that_fails(contract: dict[str, Any]) -> None:
    contract["source"] = {"kind": "sql", "connection": "DISHUB_DB", "query": "select sum(plat_nomor) from tidak_ada"}


FAILING: dict[str, Broken] = {
    "palu/dishub/titik-parkir": wrong_sheet,
    "palu/diskominfo/laporan-warga": exempt_cells_that_do_not_parse,
    "palu/bkpsdm/pelatihan-digital": rule_on_an_exempt_field,
    "palu/dishub/transaksi-parkir": query_that_fails,
    "jambi/bkpsdm/pelatihan-digital": rule_that_raises,
}


def write_failing(folder: Path) -> Path:
    """Contracts of the demo, each broken in its own way."""
    for place, break_it in FAILING.items():
        contract = yaml.safe_load((CONTRACTS / f"{place}.yaml").read_text(encoding="utf-8"))
        break_it(contract)
        write_yaml(folder / f"{place}.yaml", contract)
    for city in ("palu", "jambi"):
        stated = yaml.safe_load((CONTRACTS / city / "city.yaml").read_text(encoding="utf-8"))
        left_out = ("requests", "boundaries")  # datasets that are none of these
        write_yaml(folder / city / "city.yaml", {key: text for key, text in stated.items() if key not in left_out})
    return folder


def told(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """What came of each dataset, with the words of its error."""
    return [
        {"city": one.city, "dataset": one.dataset, "end": one.end, "code": one.error and one.error.code}
        | {"text": f"{one!r} {one.error}", "rows": one.rows}
        for one in outcomes
    ]


def main(root: Path) -> None:
    where = Places(CONTRACTS, root / "inbox", root / "public", root / "private")
    generate(where.inbox)
    approve_samples(where)
    os.environ["DISHUB_DB"] = f"sqlite:///{where.inbox / PARKING_DATABASE}"
    with serving(where.inbox / REPORTS_FOLDER) as address:
        os.environ["PENGADUAN_API"] = address
        first = told(published(where, (), ()))
        shutil.copytree(where.private / "reports", root / "reports")
        failing = Places(write_failing(root / "failing"), where.inbox, where.public, where.private)
        second = told(published(failing, (), ()))
    (root / "ends.json").write_text(json.dumps({"first": first, "failing": second}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

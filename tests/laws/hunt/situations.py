"""What may happen to a dataset on its way: each situation changes its contract, its rows or its file."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.laws.hunt.planting import DATABASES, EXEMPT, FILES, KINDS, NAMES, Row
from tests.laws.made_up_city import EXEMPTION, contract

UNDECIDED = "telepon"
SETTINGS = {"sqlite": "SUMBER_SQLITE", "postgresql": "SUMBER_POSTGRESQL", "mariadb": "SUMBER_MARIADB"}
WEB = "SUMBER_HTTP"
ERRORS_THAT_QUOTE = {
    "sqlite": "json_extract(nama, '$')",
    "postgresql": "cast(cast(nama as integer) as text)",
    "mariadb": "extractvalue(1, concat('~', nama))",
}
"""What makes a database fail over a value in the middle of reading; two of the three then say the value."""

Json = dict[str, Any]


@dataclass(slots=True)
class Planned:
    """A dataset in a situation, before it is delivered."""

    kind: str
    contract: Json
    rows: list[Row]
    header: list[str] = field(default_factory=lambda: list(NAMES))
    spoil: Callable[[Path], None] = lambda _: None

    def field(self, name: str) -> Json:
        found: Json = next(one for one in self.contract["fields"] if one["name"] == name)
        return found


def success(_: Planned) -> None:
    """Nothing happens."""


def a_rule_fails(planned: Planned) -> None:
    planned.field("nik")["constraints"] = {"pattern": "[A-Z]{3}"}


def quarantine(planned: Planned) -> None:
    for row in planned.rows[::4]:
        row["jumlah"] = "rusak"
    planned.contract["quarantine"] = {"at_most": "100 %", "because": "Uji."}


def a_wrong_type(planned: Planned) -> None:
    planned.field("nama").update(type="integer", constraints={"required": "true"})


def a_missing_column(planned: Planned) -> None:
    more = {"name": "hilang", "title": "Hilang", "type": "string", "constraints": {"required": "true"}}
    planned.contract["fields"].append({**more, "access": "open"})


def an_unknown_column(planned: Planned) -> None:
    """A file whose header is a row of data."""
    planned.header[4:] = list(planned.rows[0].values())[4:]


def a_corrupt_file(planned: Planned) -> None:
    def cut(file: Path) -> None:
        data = file.read_bytes()
        file.write_bytes(data[: len(data) // 2] + b"\xff\xfe\0")

    planned.spoil = cut


def repeated_in_the_open(planned: Planned) -> None:
    planned.rows[2]["catatan"] = f"diganti {planned.rows[1]['nama'].upper()} sejak Mei"


def a_database_fails(planned: Planned) -> None:
    planned.field("nama")["constraints"] = {"required": "true"}
    columns = ", ".join(name for name in NAMES if name != "nama")
    failing = f"case when kode = 'K-00007' then {ERRORS_THAT_QUOTE[planned.kind]} else nama end as nama"
    source = planned.contract["source"]
    source["query"] = f"select {columns}, {failing} from {source.pop('table')}"


SITUATIONS: dict[str, tuple[Callable[[Planned], None], str, Sequence[str]]] = {
    "berhasil": (success, "published", KINDS),
    "aturan": (a_rule_fails, "held_back", KINDS),
    "karantina": (quarantine, "published", KINDS),
    "jenis": (a_wrong_type, "held_back", KINDS),
    "kolom-hilang": (a_missing_column, "held_back", KINDS),
    "kolom-asing": (an_unknown_column, "held_back", tuple(FILES)),
    "berkas-rusak": (a_corrupt_file, "held_back", tuple(FILES)),
    "terulang": (repeated_in_the_open, "held_back", KINDS),
    "langkah-gagal": (success, "failed", KINDS),
    "pembaca-gagal": (success, "held_back", KINDS),
    "pembaca-mati": (success, "held_back", KINDS),
    "basis-data-gagal": (a_database_fails, "failed", DATABASES),
}
"""What is changed, how the dataset then ends, and for which kinds of source. The last but one are done by `faults`."""


def dataset(kind: str, situation: str) -> str:
    """The id of a dataset, which says what happens to it."""
    return f"{kind}-{situation}"


def table(name: str) -> str:
    """The table of a dataset; SQLite keeps names that begin with its own to itself."""
    return f"uji_{name.replace('-', '_')}"


def planned(kind: str, situation: str, rows: list[Row]) -> Planned:
    """A dataset of this kind of source in this situation."""
    fields: list[Json] = [
        {"name": "kode", "title": "Kode", "type": "string", "access": "open", "constraints": {"required": "true"}},
        {"name": "jumlah", "title": "Jumlah", "type": "integer", "access": "open"},
        {"name": "catatan", "title": "Catatan", "type": "string", "access": "open"},
        *(_withheld(name) for name in EXEMPT),
    ]
    name = dataset(kind, situation)
    one = Planned(kind, contract(id=name, fields=fields, primaryKey=["kode"], source=_source(kind, name)), rows)
    for staged in ("nik", "nama"):
        one.field(staged)["constraints"] = {"maxLength": "200"}
    SITUATIONS[situation][0](one)
    return one


def _withheld(name: str) -> Json:
    one = {"name": name, "title": name.capitalize(), "type": "string"}
    return one if name == UNDECIDED else {**one, "access": "exempt", "exemption": copy.deepcopy(EXEMPTION)}


def _source(kind: str, name: str) -> Json:
    if kind in DATABASES:
        return {"kind": "sql", "connection": SETTINGS[kind], "table": table(name)}
    if kind == "http":
        return {"kind": "http", "connection": WEB, "path": f"{name}.http", "read": {"kind": "json"}}
    return {"kind": FILES[kind][0], "location": f"{name}.{kind}"}


EVERYTHING = [(kind, situation) for situation, (_, _, kinds) in SITUATIONS.items() for kind in kinds]


def one_of_each() -> list[tuple[str, str]]:
    """Every kind of source and every situation at least once: what a test run has time for."""
    turns = [(kinds[place % len(kinds)], name) for place, (name, (_, _, kinds)) in enumerate(SITUATIONS.items())]
    missing = [(kind, "berhasil") for kind in KINDS if kind not in {kind for kind, _ in turns}]
    return [*turns, *missing]

"""A dataset's corrections, on the source's text between reading and casting.

Each must still be needed: exactly one row has the key, and its cell says exactly `from`. Anything else ends the
run, for then either the source was mended or it is another cell than the one that somebody decided about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from schemas.contracts import Contract, Correction
from schemas.errors import AuthorError
from schemas.tables import database, literal, quoted
from transforms.casting.cells import BLANKS, padded
from transforms.reading.table import NUMBER_MARK, RawTable

State = Literal["needed", "correction_not_needed", "correction_differs", "correction_no_row", "correction_many_rows"]
Columns = Mapping[str, str]


def corrected(raw: RawTable, columns: Columns, contract: Contract, workspace: Path) -> RawTable:
    """The same rows with the contract's corrections; AuthorError, with their numbers, for those that do not apply."""
    if contract.corrections is None:
        return raw
    corrections = contract.corrections.corrections
    states = _states(raw, columns, corrections, workspace)
    for state in dict.fromkeys(states):
        if state != "needed":
            numbers = [number for number, one in enumerate(states, start=1) if one == state]
            raise _refused(contract.id, state, {number: corrections[number - 1] for number in numbers})
    mended = {columns[one.field] for one in corrections}
    untouched = {name: kind for name, kind in raw.typed.items() if name not in mended}
    return replace(raw, relation=_relation(raw, columns, corrections), typed=untouched)


def _refused(dataset: str, state: State, refused: Mapping[int, Correction]) -> AuthorError:
    fields = dict.fromkeys(name for one in refused.values() for name in one.fields)
    return AuthorError(state, dataset=dataset, numbers=", ".join(map(str, refused)), fields=", ".join(fields))


def _states(raw: RawTable, columns: Columns, corrections: Sequence[Correction], workspace: Path) -> list[State]:
    """How each correction stands to the rows, asked in one pass over them."""
    counts = [
        f"count(*) FILTER ({key}), count(*) FILTER ({key} AND {cell} = {_text(one.from_)}), "
        f"count(*) FILTER ({key} AND {cell} = {_text(one.to)})"
        for one in corrections
        for key, cell in [(_key(columns, one), _said(columns[one.field]))]
    ]
    with database(workspace, *raw.files) as connection:
        suspects = f"SELECT * FROM {raw.relation} WHERE {_suspects(columns, corrections)}"
        found = connection.execute(f"SELECT {', '.join(counts)} FROM ({suspects})").fetchall()[0]
    return [_state(*found[at : at + 3]) for at in range(0, len(found), 3)]


def _suspects(columns: Columns, corrections: Sequence[Correction]) -> str:
    """A test that few rows pass, and every row of which a correction speaks."""
    said: dict[str, list[str]] = {}
    for one in corrections:
        name, value = next(iter(one.where.items()))
        said.setdefault(name, []).append(_text(value))
    return " OR ".join(f"{_said(columns[name])} IN ({', '.join(values)})" for name, values in said.items())


def _state(rows: int, needing: int, mended: int) -> State:
    if rows != 1:
        return "correction_many_rows" if rows else "correction_no_row"
    if needing:
        return "needed"
    return "correction_not_needed" if mended else "correction_differs"


def _relation(raw: RawTable, columns: Columns, corrections: Sequence[Correction]) -> str:
    """The relation with the named cells replaced; only cells that say a `from` are held against the keys."""
    by_field: dict[str, list[Correction]] = {}
    for one in corrections:
        by_field.setdefault(one.field, []).append(one)
    replaced = ", ".join(_replaced(columns, field, ones) for field, ones in by_field.items())
    return f"(SELECT * REPLACE ({replaced}) FROM {raw.relation})"


def _replaced(columns: Columns, field: str, corrections: Sequence[Correction]) -> str:
    name, cell = quoted(columns[field]), _said(columns[field])
    whens = " ".join(
        f"WHEN {_key(columns, one)} AND {cell} = {_text(one.from_)} THEN nullif({literal(one.to)}, '')"
        for one in corrections
    )
    suspects = ", ".join(dict.fromkeys(_text(one.from_) for one in corrections))
    return f"CASE WHEN {cell} NOT IN ({suspects}) THEN {name} {whens} ELSE {name} END AS {name}"


def _key(columns: Columns, correction: Correction) -> str:
    said = [f"{_said(columns[name])} = {_text(value)}" for name, value in correction.where.items()]
    return f"({' AND '.join(said)})"


def _text(text: str) -> str:
    return literal(text.strip(BLANKS))


def _said(column: str) -> str:
    """A cell as people see it: without blanks around it and our own mark; an empty one is an empty text."""
    name = quoted(column)
    return f"coalesce(CASE WHEN {padded(name)} THEN trim({name}, {literal(BLANKS + NUMBER_MARK)}) ELSE {name} END, '')"

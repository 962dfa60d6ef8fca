"""The register of exempt information: drawn from a city's contracts at the end of every run, and released.

It holds what contracts say and no cell of any data, so it needs no source, no detector and no approval. It is
released anew only when its content has changed, be it because a decision's period came to its end.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from catalog import layout, register
from catalog.manifest import digest
from catalog.shelf import read_entry
from flows import runs
from flows.journey import Outcome, Snapshot, Work
from flows.publish import inputs, publish, written_ahead
from flows.release import inputs_of, release
from flows.settings import Places
from flows.steps import Steps
from schemas.contracts import City, Contract
from schemas.findings import Finding, Report, RowAccount
from schemas.register import register_contract
from schemas.tables import PARQUET, PublicTable, database, file_literal, literal, stored_schema


def keep_register(places: Places, city: City, contracts: Iterable[Contract], now: datetime) -> Outcome:
    """Bring a city's register in line with its contracts on the day of `now`."""
    listed = register.rows(city, contracts, now.astimezone(ZoneInfo(city.timezone)).date())
    contract = register_contract(city, register.origin(listed))
    outcome = runs.run(partial(_journey, listed), places, city, contract, now, Steps())
    if outcome.end != "unchanged":
        runs.remember(places, outcome, contract, now)
    return outcome


def _journey(listed: list[register.Row], work: Work, _: Steps) -> Outcome:
    snapshot = _snapshot(work, register.document(listed))
    if _stands(work, snapshot):
        return Outcome(work.city.id, work.contract.id, "unchanged")
    public = _table(work, snapshot, len(listed))
    with written_ahead(work, public) as written:
        candidate = publish(work, snapshot, public, _report(work, len(listed)), written)
    return release(work, candidate)


def _snapshot(work: Work, records: bytes) -> Snapshot:
    path = work.workspace / layout.data_file(work.contract.id, "json")
    path.write_bytes(records)
    return Snapshot(path, digest(records), len(records), path.name)


def _stands(work: Work, snapshot: Snapshot) -> bool:
    """Whether the current release says the same. Another version of the code alone is no news to a reader."""
    made_from = inputs_of(work, read_entry(work.places.public, work.city.id, work.contract.id))
    if made_from is None:
        return False
    return made_from.model_copy(update={"code_version": work.code_version}) == inputs(work, snapshot)


def _table(work: Work, snapshot: Snapshot, rows: int) -> PublicTable:
    """The records as a public table: every field of the register is open."""
    dataset, path = work.contract.described(), work.workspace / "public.parquet"
    _write(stored_schema(dataset.public_fields), snapshot.path, path)
    return PublicTable(path, dataset, rows)


def _write(schema: list[tuple[str, str]], records: Path, into: Path) -> None:
    columns = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in schema)
    relation = f"read_json({file_literal(records)}, format = 'array', columns = {{{columns}}})"
    with database(records.parent) as connection:
        connection.execute(f"COPY (FROM {relation}) TO {literal(into)} ({PARQUET}, COMPRESSION zstd)")


def _report(work: Work, rows: int) -> Report:
    """What makes the register's key: a city's contracts have ids of their own, and fields names of their own."""
    key = Finding(
        code="primary_key",
        rule="primary_key",
        fields=work.contract.primaryKey,
        severity="blocker",
        outcome="passed",
        checked=rows,
        failing=0,
        actor="author",
    )
    return Report(
        city=work.city.id,
        dataset=work.contract.id,
        contract=work.contract.digest,
        rows=RowAccount(read=rows, quarantined=0, staged=rows, published=rows),
        findings=(key,),
    )

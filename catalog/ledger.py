"""[edge] The ledger: what happened, when, from what, for auditors. SQLite embedded, PostgreSQL when shared.

The pointer is the truth about what is published; the ledger is the memory of how it came to be, and the next
run repairs it from the pointer.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from catalog.manifest import Manifest, Pointer, Tombstone
from schemas.errors import OperatorError

GOOD_ENDS = ("published", "unchanged")
"""What a journey ends with that leaves the dataset as its calendar wants it."""


class Base(DeclarativeBase):
    type_annotation_map = {datetime: sa.DateTime(timezone=True)}  # noqa: RUF012 SQLAlchemy's own spelling


class Run(Base):
    """One dataset's journey in one run: how it ended, in a closed word, and with which code."""

    __tablename__ = "runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    city: Mapped[str]
    dataset: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    outcome: Mapped[str]
    code: Mapped[str | None]
    contract_sha256: Mapped[str]
    release: Mapped[str | None]


class ReleaseRecord(Base):
    """One release: *prepared* before the pointer moves, *released* after, *withdrawn* when it was taken back.

    *Abandoned* is one whose run died before the pointer moved.
    """

    __tablename__ = "releases"
    city: Mapped[str] = mapped_column(primary_key=True)
    dataset: Mapped[str] = mapped_column(primary_key=True)
    release: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    issued: Mapped[datetime]
    rows: Mapped[int]
    contract_sha256: Mapped[str]
    snapshot_sha256: Mapped[str]
    code_version: Mapped[str]
    withdrawn: Mapped[datetime | None]
    reason: Mapped[str | None]


class Approval(Base):
    """What an official let out: the forms of a contract, by whom and when. `note` marks a sample decision."""

    __tablename__ = "approvals"
    id: Mapped[int] = mapped_column(primary_key=True)
    city: Mapped[str]
    dataset: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    official: Mapped[str]
    office: Mapped[str]
    contract_sha256: Mapped[str]
    forms: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    note: Mapped[str | None]


class Decision(Base):
    """What an official decided about one field, and the contract before and after."""

    __tablename__ = "decisions"
    id: Mapped[int] = mapped_column(primary_key=True)
    city: Mapped[str]
    dataset: Mapped[str] = mapped_column(index=True)
    field: Mapped[str]
    at: Mapped[datetime]
    access: Mapped[str]
    law: Mapped[str | None]
    decision: Mapped[str | None]
    office: Mapped[str | None]
    until: Mapped[date | None]
    by: Mapped[str]
    contract_before: Mapped[str]
    contract_after: Mapped[str]


@contextmanager
def ledger(address: str) -> Iterator[Session]:
    """A session over the ledger at an SQLAlchemy URL; what it did is kept when the block ends well.

    OperatorError where it cannot be opened, or its disk is full.
    """
    engine = _engine(address)
    try:
        Base.metadata.create_all(engine)
        with Session(engine) as session, session.begin():
            yield session
    except SQLAlchemyError as error:
        raise _ours(error, engine.url) from None
    finally:
        engine.dispose()
        _make_private(engine.url)


def _engine(address: str) -> sa.Engine:
    try:
        return sa.create_engine(address, hide_parameters=True)
    except (SQLAlchemyError, ModuleNotFoundError, ValueError) as error:
        raise OperatorError("ledger_unreachable", kind=type(error).__name__) from None


def _ours(error: SQLAlchemyError, url: sa.URL) -> OperatorError:
    """An error of ours; SQLite says by a code of its own that the disk has no room."""
    if getattr(getattr(error, "orig", None), "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return OperatorError("disk_full", place=str(url.database))
    return OperatorError("ledger_unreachable", kind=type(error).__name__)


def _make_private(url: sa.URL) -> None:
    if url.get_backend_name() == "sqlite" and url.database and Path(url.database).exists():
        Path(url.database).chmod(0o600)


def record_run(session: Session, run: Run) -> None:
    """Remember how a dataset's journey ended."""
    session.add(run)


def record_release(session: Session, manifest: Manifest, state: str) -> None:
    """Remember a release, or that its state has changed."""
    session.merge(
        ReleaseRecord(
            city=manifest.city,
            dataset=manifest.dataset,
            release=manifest.release,
            state=state,
            issued=manifest.issued,
            rows=manifest.rows,
            contract_sha256=manifest.inputs.contract_sha256,
            snapshot_sha256=manifest.inputs.snapshot_sha256,
            code_version=manifest.inputs.code_version,
            withdrawn=None,
            reason=None,
        )
    )


def record_withdrawal(session: Session, tombstone: Tombstone) -> None:
    """Remember that a release was taken back, and why."""
    key = (tombstone.city, tombstone.dataset, tombstone.release)
    record = session.get(ReleaseRecord, key)
    if record is not None:
        record.state, record.withdrawn, record.reason = "withdrawn", tombstone.withdrawn, tombstone.reason


def record_approval(session: Session, approval: Approval) -> None:
    """Remember what an official let out."""
    session.add(approval)


def record_decision(session: Session, decision: Decision) -> None:
    """Remember what an official decided about a field."""
    session.add(decision)


def approvals(session: Session, city: str, dataset: str) -> list[Approval]:
    """The approvals of a dataset, the oldest first."""
    query = sa.select(Approval).where(Approval.city == city, Approval.dataset == dataset).order_by(Approval.id)
    return list(session.scalars(query))


def last_codes(session: Session, city: str) -> dict[str, str | None]:
    """How the last journey of each dataset ended, by the code of its error; None for a good end."""
    newest = sa.select(sa.func.max(Run.id)).where(Run.city == city).group_by(Run.dataset)
    return {run.dataset: run.code for run in session.scalars(sa.select(Run).where(Run.id.in_(newest)))}


def utc(moment: datetime) -> datetime:
    """A moment as the ledger gives it back, with its zone: SQLite forgets it."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def last_checked(session: Session, city: str, dataset: str) -> datetime | None:
    """When the dataset last came to a good end: published, or found unchanged."""
    query = sa.select(sa.func.max(Run.at)).where(Run.city == city, Run.dataset == dataset, Run.outcome.in_(GOOD_ENDS))
    found = session.scalar(query)
    return None if found is None else utc(found)


def last_good_ends(session: Session, city: str) -> dict[str, datetime]:
    """When each dataset of a city last came to a good end."""
    query = (
        sa.select(Run.dataset, sa.func.max(Run.at))
        .where(Run.city == city, Run.outcome.in_(GOOD_ENDS))
        .group_by(Run.dataset)
    )
    return {dataset: utc(at) for dataset, at in session.execute(query)}


def unfinished(session: Session, pointer: Pointer) -> Iterator[tuple[str, str]]:
    """Datasets and releases that the pointer names and the ledger does not yet know as released."""
    for dataset, entry in pointer.datasets.items():
        if entry.current is None:
            continue
        record = session.get(ReleaseRecord, (pointer.city.id, dataset, entry.current.release))
        if record is None or record.state != "released":
            yield dataset, entry.current.release


def prepared(session: Session, city: str) -> list[ReleaseRecord]:
    """The releases of a city that the ledger knows as prepared, and no further."""
    return _in_state(session, city, "prepared")


def withdrawn(session: Session, city: str) -> list[ReleaseRecord]:
    """The releases of a city that the ledger knows as withdrawn."""
    return _in_state(session, city, "withdrawn")


def _in_state(session: Session, city: str, state: str) -> list[ReleaseRecord]:
    query = sa.select(ReleaseRecord).where(ReleaseRecord.city == city, ReleaseRecord.state == state)
    return list(session.scalars(query))

"""Step 4: staged rows -> the public table. What the law exempts stays behind here."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from catalog import layout
from catalog.manifest import Manifest
from catalog.shelf import history, read_entry
from flows import private
from flows.journey import Staged, Work
from flows.trace import know_withheld
from schemas.errors import SupplierError
from schemas.tables import PublicTable
from transforms.protection.redaction import redact as redacted


@contextmanager
def begun_ahead(work: Work, staged: Staged) -> Iterator["Future[PublicTable]"]:
    """The redaction, begun while the rules are still checked: neither keeps two processors busy by itself.

    It writes in the private workspace alone, so what a blocker makes useless goes with that.
    """
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(_redacted, work, staged)


def redact(work: Work, staged: Staged, begun: "Future[PublicTable] | None" = None) -> PublicTable:
    """The public table of a dataset whose report has no blocker; SupplierError while no field of it is open.

    While one that was begun is finished, what the release will be searched for is got ready.
    """
    if begun is None:
        return _redacted(work, staged)
    know_withheld(work)
    return begun.result()


def _redacted(work: Work, staged: Staged) -> PublicTable:
    if not work.contract.public_fields:
        raise SupplierError("nothing_decided", dataset=work.contract.id, city=work.city.id)
    with private.disk_faults(work.places):
        return redacted(staged.table, work.workspace / "public.parquet", _earlier(work))


def _earlier(work: Work) -> tuple[Path, ...]:
    """The public Parquet files of the releases before, newest first, where a table of groups is held against them.

    They are an input of such a release: the same snapshot after another history may withhold more. Withdrawn
    releases are gone, and with them what a reader who kept a copy could subtract.
    """
    if work.contract.disclosure.aggregate is None:
        return ()
    entry = read_entry(work.places.public, work.city.id, work.contract.id)
    past = history(work.places.public, work.city.id, work.contract.id, entry.current)
    folders = (
        work.places.public / layout.release(one.city, one.dataset, one.release)
        for one in past
        if isinstance(one, Manifest)
    )
    files = (folder / layout.data_file(work.contract.id, "parquet") for folder in folders)
    return tuple(file for file in files if file.exists())

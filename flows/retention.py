"""What is kept no longer: private copies and lists past the contract's period, and what killed runs left behind.

Releases and the ledger are never touched here.
"""

import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from catalog import store
from flows import private
from flows.journey import Snapshot, Work

ABANDONED = timedelta(days=1)
"""No run lasts that long: a parser is stopped after half an hour."""


def forget(work: Work, snapshot: Snapshot) -> None:
    """Remove the dataset's snapshots past their period, and the folders of runs that died; never `snapshot`.

    The list of rows to mend holds cells of a snapshot, so it is kept no longer than one.
    """
    kept = period(work.contract.retention.snapshots)
    with suppress(OSError):  # the dataset's journey ended well, and the next run forgets again
        for path in untouched(snapshot.path.parent, work.now - kept):
            if path != snapshot.path:
                path.unlink()
        for path in private.mending_lists(work.places.private, work.city.id, work.contract.id):
            if path.exists() and _is_untouched(path, work.now - kept):
                path.unlink()
        for path in untouched(work.workspace.parent, work.now - ABANDONED):
            shutil.rmtree(path)
        store.sweep(work.places.public, work.now - ABANDONED)


def period(text: str) -> timedelta:
    """A period of days as ISO 8601 writes it: P90D."""
    return timedelta(days=int(text.removeprefix("P").removesuffix("D")))


def untouched(folder: Path, since: datetime) -> list[Path]:
    """What stands in a folder and was last written before a moment."""
    return [path for path in folder.iterdir() if _is_untouched(path, since)]


def _is_untouched(path: Path, since: datetime) -> bool:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) < since

"""The public table as Parquet: the very file that redaction wrote."""

import os
import shutil
from pathlib import Path

from schemas.tables import PublicTable


def write(table: PublicTable, into: Path) -> None:
    """Give the public table's file the name `into`."""
    linked(table.path, into)


def linked(file: Path, into: Path) -> None:
    """Link `file` to `into`, or copy it where the folders lie on two disks."""
    try:
        os.link(file, into)
    except OSError:
        shutil.copyfile(file, into)

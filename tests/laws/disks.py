"""Small disks of their own, to be filled up: a tmpfs that the test mounts, which takes root."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PAGE = 4096


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk of `size` bytes at `folder`, keeping what stands there; only root may mount, and CI must."""
    if os.geteuid() != 0 and os.environ.get("CI") != "true":
        pytest.skip("only root can mount a small disk to fill it up")
    kept = folder.with_name(f"{folder.name}-before")
    folder.rename(kept)
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", folder], check=True)
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Fill a disk up to `leave` bytes; the file that takes the room."""
    filler = disk / ".filler"
    filler.unlink(missing_ok=True)
    filler.write_bytes(b"\0" * (shutil.disk_usage(disk).free - leave))
    return filler

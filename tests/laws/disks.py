"""Small disks of their own, to be filled up: a tmpfs that the test mounts, which takes root and a kernel that lets it.

Where that is not to be had the test says so, and CI does not skip.
"""

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
    """A disk of `size` bytes at `folder`, keeping what stands there."""
    kept = folder.with_name(f"{folder.name}-before")
    folder.rename(kept)
    folder.mkdir()
    _mount(folder, size)
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def _mount(folder: Path, size: int) -> None:
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and subprocess.run(command, capture_output=True, check=False).returncode == 0
    if not mounted and os.environ.get("CI") != "true":
        pytest.skip("no small disk can be mounted here, so none can be filled up")
    assert mounted, "no small disk can be mounted"


def fill(disk: Path, leave: int) -> Path:
    """Fill a disk up to `leave` bytes; the file that takes the room."""
    filler = disk / ".filler"
    filler.unlink(missing_ok=True)
    filler.write_bytes(b"\0" * (shutil.disk_usage(disk).free - leave))
    return filler

"""[edge] How an answer is recognised that we have already: kept beside the snapshots, in the private zone."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from flows import private

from .http import Validators

FILE = "validators.json"


def known(snapshots: Path, url: str) -> tuple[Path, Validators] | None:
    """The snapshot that came from `url` last, whole as it was, and what its server said to recognise it by."""
    try:
        said = json.loads((snapshots / FILE).read_bytes())
        snapshot = snapshots / said["snapshot"]
        validators = Validators(**said["validators"])
        with snapshot.open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == snapshot.name[:64]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (snapshot, validators) if whole and said["address"] == _mark(url) else None


def remember(snapshots: Path, url: str, snapshot: str, validators: Validators) -> None:
    """Keep what the server said of its answer; nothing where it said nothing."""
    said = {"address": _mark(url), "snapshot": snapshot, "validators": asdict(validators)}
    if validators == Validators():
        (snapshots / FILE).unlink(missing_ok=True)
        return
    private.write(snapshots / FILE, json.dumps(said).encode())


def _mark(url: str) -> str:
    """An address may hold a key, so that its hash is kept."""
    return hashlib.sha256(url.encode()).hexdigest()

"""How well delimited text is read when nobody says how it is written: the Pollock benchmark.

    python -m benchmarks.pollock CHECKOUT [--processes 25]

CHECKOUT is a copy of https://github.com/HPI-Information-Systems/Pollock (Vitagliano and others, PVLDB 16, 2023): 2,290
polluted CSV files in `polluted_files/csv`, their clean twins in `polluted_files/clean`, weights in
`pollock_weights.json`. Each file is read as `palu look --csv FILE` reads it, without any parameter, under a name that
says nothing, and scored by the benchmark's rules: success, and precision, recall and F1 of the header, the records and
the cells; the simple score is the sum of their means, the weighted one that of their weighted means (10 at best).

How cells are made comparable is the benchmark's own code, taken from CHECKOUT (it needs `price-parser` and
`python-dateutil`, which are no part of this project). `--processes` files also go through the real command, and must
give the same bytes; all rows of a file must stand in the table, above it, or among the skipped ones.
"""

import argparse
import csv
import importlib
import io
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from transforms.looking import Copied, Glance, copied

MEASURES = ("success", *(f"{part}_{kind}" for part in ("header", "record", "cell") for kind in ("p", "r", "f1")))
Rows = list[list[str]]
Normalize = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: the CSV, and whether each of its rows is accounted for."""

    table: bytes
    complete: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--processes", type=int, default=25)
    asked = parser.parse_args()
    folder, normalize = asked.checkout / "polluted_files", _normalization(asked.checkout)
    files = sorted((folder / "csv").glob("*.csv"))
    scores, incomplete = {}, []
    for number, file in enumerate(files):
        reading = _read(file)
        if asked.processes and number % max(1, len(files) // asked.processes) == 0:
            _compare_with_the_command(file, reading.table)
        scores[file.name] = _measures(_rows(folder / "clean" / file.name), _parsed(reading.table), normalize)
        if not reading.complete:
            incomplete.append(file.name)
    _tell(scores, json.loads((asked.checkout / "pollock_weights.json").read_text()))
    print(f"rows lost: {len(incomplete)} files {incomplete[:5]}")


def _normalization(checkout: Path) -> Normalize:
    """The benchmark's own function; a cell that it fails on costs the file all its points, as it does there."""
    sys.path.insert(0, str(checkout.absolute()))
    normalize: Normalize = importlib.import_module("pollock.data_types").normalize_cell
    return normalize


def _read(file: Path) -> Reading:
    with tempfile.TemporaryDirectory() as workspace:
        bare = Path(workspace) / "file"
        bare.write_bytes(file.read_bytes())
        glance = Glance(bare, bare.name, Path(workspace), None)
        found = copied(glance)
        return Reading(glance.rows.read_bytes(), all(_is_complete(one, glance) for one in found))


def _is_complete(one: Copied, glance: Glance) -> bool:
    """Each row number from the first to the last stands in exactly one place; a row may be several lines."""
    import pyarrow.parquet as pq

    rows = pq.read_table(one.table.at_rest, columns=["_row"]).column(0).to_pylist()
    header = range(one.table.header_first, one.table.header_first + one.table.header_height)
    skipped = [int(row[0]) for row in _rows(glance.skipped)]
    numbers = sorted([*rows, *header, *skipped])
    return numbers == list(range(1, len(numbers) + 1))


def _compare_with_the_command(file: Path, table: bytes) -> None:
    palu = Path(sys.executable).parent / "palu"
    done = subprocess.run([palu, "look", "--csv", file], capture_output=True, check=False)
    if done.returncode or done.stdout != table:
        sys.exit(f"the command reads {file.name} differently")


def _rows(file: Path) -> Rows:
    return _parsed(file.read_bytes())


def _parsed(content: bytes) -> Rows:
    """As the benchmark reads both files: text mode, so every line end is one."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig")
    return list(csv.reader(text))


def _measures(clean: Rows, loaded: Rows, normalize: Normalize) -> tuple[float, ...]:
    try:
        return (1.0, *_compared(clean, loaded, normalize))
    except Exception:  # noqa: BLE001 so does the benchmark
        return (1.0, *[0.0] * 9)


def _compared(clean: Rows, loaded: Rows, normalize: Normalize) -> tuple[float, ...]:
    if not clean:
        return (1.0,) * 9
    header = _scores(*([normalize(cell) for cell in rows[0]] if rows else [] for rows in (clean, loaded)))
    records = _scores(*(["".join(map(normalize, row)) for row in rows[1:]] for rows in (clean, loaded)))
    cells = _scores(*([cell for row in rows for cell in row] for rows in (clean, loaded)))
    return (*header, *records, *cells)


def _scores(clean: Sequence[str], loaded: Sequence[str]) -> tuple[float, float, float]:
    """The benchmark calls precision what is found of the clean file's, recall what is right of the loaded one's."""
    if not clean:
        return 1.0, 1.0, 1.0
    shared = (Counter(clean) & Counter(loaded)).total()
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / len(clean), shared / len(loaded)
    return precision, recall, precision * recall / (precision + recall) * 2


def _tell(scores: dict[str, tuple[float, ...]], weights: dict[str, float]) -> None:
    whole = sum(weights.get(name, -1) for name in scores)
    simple = sum(fmean(measures) for measures in zip(*scores.values(), strict=True))
    weighted = sum(sum(measures) * weights.get(name, -1) / whole for name, measures in scores.items())
    for name, measure in zip(MEASURES, zip(*scores.values(), strict=True), strict=True):
        print(f"{name:10} {fmean(measure):.4f}")
    worst = sorted(scores.items(), key=lambda one: sum(one[1]))[:10]
    print("worst:", ", ".join(f"{name} {sum(measures):.2f}" for name, measures in worst))
    print(f"{len(scores)} files: {simple:.3f} simple, {weighted:.3f} weighted, of 10")


if __name__ == "__main__":
    main()

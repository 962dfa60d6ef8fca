"""Cuts the demo cities' rows out of whole open data sets: `python -m samples.open_data FOLDER`.

Rows are chosen, never changed: a line of an extract is a line of its source, byte for byte.
The extracts are committed, so only whoever renews them needs the whole sources.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EXTRACTS = Path(__file__).parent / "open"
GRDP = "grdp/GRDP_PerCapita_Indonesia_Districts_until_2017.csv"


@dataclass(frozen=True, slots=True)
class Extract:
    """The lines of `source` whose `column` starts with `prefix`, kept as `target`; all without a column."""

    source: str
    target: str
    column: str = ""
    prefix: str = ""


OPEN_DATA = (
    Extract("idn-area/districts.csv", "idn-area/palu/districts.csv", "regency_code", "72.71"),
    Extract("idn-area/villages.csv", "idn-area/palu/villages.csv", "district_code", "72.71."),
    Extract("idn-area/districts.csv", "idn-area/jambi/districts.csv", "regency_code", "15.71"),
    Extract("idn-area/villages.csv", "idn-area/jambi/villages.csv", "district_code", "15.71."),
    Extract(GRDP, "grdp/central-sulawesi.csv", "Province", "Central Sulawesi"),
    Extract(GRDP, "grdp/jambi.csv", "Province", "Jambi"),
    Extract("holidays/libur-nasional.json", "holidays/libur-nasional.json"),
    Extract("holidays/cuti-bersama.json", "holidays/cuti-bersama.json"),
)


def content(extract: Extract, sources: Path) -> bytes:
    """The bytes of an extract, read from the folder `sources`."""
    whole = (sources / extract.source).read_bytes()
    if not extract.column:
        return whole
    return b"".join(_chosen_lines(whole.splitlines(keepends=True), extract))


def _chosen_lines(lines: list[bytes], extract: Extract) -> Iterator[bytes]:
    position = _cells(lines[0]).index(extract.column)
    yield lines[0]
    for line in lines[1:]:
        if _cells(line)[position].startswith(extract.prefix):
            yield line


def _cells(line: bytes) -> list[str]:
    return next(csv.reader([line.decode("utf-8-sig")]))


def renew(sources: Path, extracts: Path) -> None:
    """Writes every extract anew below `extracts`."""
    for extract in OPEN_DATA:
        target = extracts / extract.target
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content(extract, sources))


if __name__ == "__main__":
    renew(Path(sys.argv[1]), EXTRACTS)

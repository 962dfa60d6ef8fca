"""Step 6: write the release's files aside, read them back, compare."""

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from catalog import layout
from catalog.changes import Changes
from catalog.charts.documents import compact
from catalog.charts.figures import charts
from catalog.charts.places import map_of
from catalog.comparison import Side, compared
from catalog.encoding import csv, parquet, preview, statistics, xlsx
from catalog.encoding import json as json_records
from catalog.manifest import Distribution, Format, Inputs, ReleaseReference, document, release_name
from catalog.metadata.datapackage import data_package
from catalog.shelf import read_entry, read_subject
from catalog.verification import measured, prove_same_rows
from flows import private
from flows.journey import HeldBack, Snapshot, Work
from flows.trace import traced_files
from schemas.findings import Report
from schemas.tables import PublicTable

Encodings = Mapping[Format, Callable[[PublicTable, Path], None]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release that stands aside, whole and proven; only its address and its manifest are missing."""

    name: str
    rows: int
    inputs: Inputs
    distributions: tuple[Distribution, ...]
    documents: tuple[Distribution, ...]
    report: Report
    changes: Changes | None = None


def inputs(work: Work, snapshot: Snapshot) -> Inputs:
    """What a release of this snapshot would be made from."""
    return Inputs(
        snapshot_sha256=snapshot.sha256,
        contract_sha256=work.contract.digest,
        corrections_sha256=work.contract.corrections.digest if work.contract.corrections else None,
        code_version=work.code_version,
    )


@contextmanager
def written_ahead(work: Work, public: PublicTable) -> Iterator["Future[Path]"]:
    """The CSV of the public table, begun while that is still searched: of all that is made it takes longest.

    It rests in the private workspace, and goes with it where the search or an approval holds the release back.
    """
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(_csv, work, public)


def _csv(work: Work, public: PublicTable) -> Path:
    written = work.workspace / "public.csv"
    csv.write(public, written)
    return written


def _figures(public: PublicTable) -> dict[str, bytes]:
    """The statistics, and the pictures that the rows bear."""
    counted = statistics.of(public)
    drawn = {layout.CHARTS: charts(public, counted), layout.MAP: map_of(public)}
    pictures = {name: compact(one) for name, one in drawn.items() if one != type(one)()}
    return {layout.STATISTICS: document(counted), **pictures}


def publish(work: Work, snapshot: Snapshot, public: PublicTable, report: Report, written: "Future[Path]") -> Candidate:
    """Write and prove every file of the release in `work.aside`; HeldBack where one holds a withheld value.

    The figures are worked out while the CSV reaches the disk and is read back.
    """
    made_from = inputs(work, snapshot)
    with private.disk_faults(work.places), ThreadPoolExecutor(1) as beside:
        figures = beside.submit(_figures, public)
        distributions = _write_data(work, public, written.result())
        documents = _write_documents(work, public, report, distributions, figures.result())
        _hold_back_traces(work, public, report)
    name = release_name((*distributions, *documents), made_from, work.day)
    candidate = Candidate(name, public.rows, made_from, distributions, documents, report)
    current = read_entry(work.places.public, work.city.id, work.contract.id).current
    return replace(candidate, changes=changes_since(work, candidate, current))


def changes_since(work: Work, candidate: Candidate, current: ReleaseReference | None) -> Changes | None:
    """What a candidate changes against the current release; None for a first one, or where that one is gone."""
    if current is None:
        return None
    folder = work.places.public / layout.release(work.city.id, work.contract.id, current.release)
    name = layout.data_file(work.contract.id, "parquet")
    if not (folder / name).exists():
        return None
    before, dataset = read_subject(work.places.public, work.city.id, work.contract.id, current.release)
    with private.disk_faults(work.places):
        return compared(
            Side(folder / name, dataset, before.rows, before.inputs),
            Side(work.aside / name, work.contract.described(), candidate.rows, candidate.inputs),
            current.release,
        )


def _hold_back_traces(work: Work, public: PublicTable, report: Report) -> None:
    """HeldBack where a file of the release holds a withheld value that nobody cleared."""
    found = tuple(finding for finding in traced_files(work, public) if finding.blocks)
    if found:
        report = report.model_copy(update={"findings": (*report.findings, *found)})
        private.keep_report(work.places.private, report)
        raise HeldBack(report)


def _write_data(work: Work, public: PublicTable, written: Path) -> tuple[Distribution, ...]:
    """A file a format, hashed while they are read back and compared."""
    files: dict[Format, Path] = {}
    for format_, write in _encodings(work, public, written).items():
        files[format_] = work.aside / layout.data_file(work.contract.id, format_)
        write(public, files[format_])
    with ThreadPoolExecutor() as beside:
        measuring = [beside.submit(measured, file, format_) for format_, file in files.items()]
        prove_same_rows(work.aside, public.dataset, public.rows, tuple(files))
        return tuple(one.result() for one in measuring)


def _encodings(work: Work, public: PublicTable, written: Path) -> Encodings:
    """CSV and Parquet; beside them what the table fits into and what its fields are made for."""
    workbook = partial(xlsx.write, city=work.city, day=work.now.date())
    return {
        "csv": lambda _, into: parquet.linked(written, into),
        "parquet": parquet.write,
        **({"json": json_records.write} if json_records.fits(public) else {}),
        **({"xlsx": workbook} if xlsx.fits(public) else {}),
        **(_of_places() if public.dataset.place is not None else {}),
    }


def _of_places() -> Encodings:
    """What a dataset whose public fields say where its rows lie has beside the others; shapely is for these alone."""
    from catalog.encoding import geojson, geoparquet

    return {"geoparquet": geoparquet.write, "geojson": geojson.write}


def _write_documents(
    work: Work,
    public: PublicTable,
    report: Report,
    data: tuple[Distribution, ...],
    figures: Mapping[str, bytes],
) -> tuple[Distribution, ...]:
    package = data_package(public.dataset, work.city, data, public.rows, work.day)
    documents = {
        layout.CONTRACT: document(public.dataset),
        layout.DATA_PACKAGE: json.dumps(package, ensure_ascii=False, indent=2).encode() + b"\n",
        layout.PREVIEW: preview.document(public),
        layout.VALIDATION: document(report),
        **figures,
    }
    for name, content in documents.items():
        (work.aside / name).write_bytes(content)
    return tuple(measured(work.aside / name, "json") for name in documents)

"""A city that exists for the tests alone: contracts, files and zones below one folder, and a run over them."""

import copy
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from catalog.audit import Audit, audit
from catalog.manifest import Pointer
from catalog.shelf import read_pointer
from flows import runs
from flows.approval import Official, approve
from flows.journey import Outcome, Snapshot, Work
from flows.publish import Candidate, written_ahead
from flows.register import keep_register
from flows.repair import repair
from flows.settings import Places
from flows.sources.shelves import shelf
from flows.steps import Steps, travel
from schemas.contracts import City, Contract
from schemas.findings import Report
from schemas.registry import chosen, load_cities
from schemas.tables import PublicTable

CITY_ID, DATASET = "palu", "titik-uji"
NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
NIK = "7271014708450001"
ROWS = f"""kode,nama,kapasitas,nik
TP-001,Pasar Inpres,20,{NIK}
TP-002,Taman Vatulemo,35,7271011203850002
TP-003,Pantai Talise,50,7271016507900003
"""
MORE_ROWS = ROWS + "TP-004,Masjid Agung,15,7271010101990004\n"

CITY: dict[str, Any] = {
    "id": CITY_ID,
    "name": "Kota Palu",
    "title": {"id": "Data Terbuka Kota Palu", "en": "Palu City Open Data"},
    "timezone": "Asia/Makassar",
    "publisher": "Pemerintah Kota Palu",
    "contact": {"name": "PPID Kota Palu"},
    "departments": {"dishub": {"id": "Dinas Perhubungan", "en": "Transportation Office"}},
}
EXEMPTION: dict[str, Any] = {
    "law": "UU 14/2008 Pasal 17 huruf h",
    "decision": "CONTOH/PPID/2026/001",
    "decided": "2026-02-10",
    "until": "2031-02-10",
    "reason": "Rahasia pribadi",
    "office": "PPID Utama (contoh)",
    "if_opened": "Dapat menunjuk satu orang.",
    "if_closed": "Datanya tetap terbuka tanpa orangnya.",
}
CONTRACT: dict[str, Any] = {
    "id": DATASET,
    "department": "dishub",
    "title": {"id": "Titik uji", "en": "Test points"},
    "description": {"id": "Titik yang dibuat untuk uji.", "en": "Points made for tests."},
    "theme": "TRAN",
    "license": "CC-BY-4.0",
    "origin": "sample",
    "source": {"kind": "csv", "location": f"{DATASET}*.csv"},
    "primaryKey": ["kode"],
    "fields": [
        {
            "name": "kode",
            "title": "Kode",
            "type": "string",
            "constraints": {"required": "true", "pattern": "TP-[0-9]{3}"},
            "access": "open",
        },
        {"name": "nama", "title": "Nama", "type": "string", "access": "open"},
        {"name": "kapasitas", "title": "Kapasitas", "type": "integer", "access": "open"},
        {"name": "nik", "title": "NIK", "type": "string", "access": "exempt", "exemption": EXEMPTION},
    ],
}


def contract(**changes: Any) -> dict[str, Any]:
    """The sound contract with some of its keys changed."""
    return {**copy.deepcopy(CONTRACT), **changes}


def contract_with_field(name: str, **changes: Any) -> dict[str, Any]:
    """The sound contract with one field changed; a key that is given as None is taken out."""
    changed = contract()
    field = next(field for field in changed["fields"] if field["name"] == name)
    field.update(changes)
    for key in [key for key, value in field.items() if value is None]:
        del field[key]
    return changed


def places_below(root: Path) -> Places:
    """Where everything of a made-up city stands."""
    return Places(root / "contracts", root / "inbox", root / "public", root / "private")


def found_city(root: Path, *contracts: dict[str, Any], rows: str = ROWS) -> Places:
    """The zones of a city below `root`: its contracts (the sound one where none is named) and a delivered file."""
    places = places_below(root)
    write_yaml(places.contracts / CITY_ID / "city.yaml", CITY)
    for one in contracts or (CONTRACT,):
        agree(places, one)
    deliver(places, rows)
    return places


def agree(places: Places, one: Mapping[str, Any]) -> Path:
    """Put a contract into its place."""
    return write_yaml(places.contracts / CITY_ID / one["department"] / f"{one['id']}.yaml", one)


def deliver(places: Places, rows: str, name: str = f"{DATASET}.csv") -> Path:
    """Put a file into the inbox, over the one before."""
    places.inbox.mkdir(parents=True, exist_ok=True)
    (places.inbox / name).write_text(rows, encoding="utf-8")
    return places.inbox / name


def write_yaml(path: Path, data: Mapping[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def moved(places: Places, root: Path) -> Places:
    """A copy of a whole city below another folder."""
    shutil.copytree(places.public.parent, root, dirs_exist_ok=True)
    return places_below(root)


def registered(places: Places, dataset: str = DATASET) -> tuple[City, Contract]:
    """The city and the contract as the registry loads them."""
    return chosen(load_cities(places.contracts, (CITY_ID,)), (dataset,))[0]


def approved(places: Places, dataset: str = DATASET, now: datetime = NOW) -> Places:
    """The city after its PPID let out what a contract opens now; a first release waits for that."""
    runs.prepare_zones(places)
    approve(places, *registered(places, dataset), Official("Pejabat uji", "PPID Kota Palu (contoh)"), now)
    return places


def publish(places: Places, dataset: str = DATASET, now: datetime = NOW) -> Outcome:
    """One dataset's journey, approved before, with all that the flow does around it."""
    return travelled(approved(places, dataset, now), dataset, now)


def travelled(places: Places, dataset: str = DATASET, now: datetime = NOW) -> Outcome:
    """The same where nobody was asked for an approval."""
    city, one = registered(places, dataset)
    runs.prepare_zones(places)
    repair(places, city)
    outcome = runs.run(travel, places, city, one, now, Steps())
    runs.remember(places, outcome, one, now)
    [whole] = load_cities(places.contracts, (CITY_ID,))
    keep_register(places, city, whole.contracts.values(), now)
    runs.draw_city(places, city)
    return outcome


@dataclass(frozen=True, slots=True)
class Ready:
    """A release that only needs to be released: everything before that step is done."""

    work: Work
    snapshot: Snapshot
    public: PublicTable
    report: Report
    candidate: Candidate

    def below(self, root: Path) -> "Ready":
        """The same release in another folder that holds the city."""
        before, places = self.work.places, places_below(root)
        workspace = places.private / self.work.workspace.relative_to(before.private)
        aside = places.public / self.work.aside.relative_to(before.public)
        return replace(self, work=replace(self.work, places=places, workspace=workspace, aside=aside))


@contextmanager
def ready(places: Places, now: datetime = NOW) -> Iterator[Ready]:
    """The candidate of what is delivered now."""
    runs.prepare_zones(places)
    with runs.beginning(places, *registered(places), now) as work:
        yield prepared(work)


def prepared(work: Work) -> Ready:
    """The steps before the release."""
    steps = Steps()
    snapshot = steps.extract(work)
    staged = steps.stage(work, snapshot)
    report = steps.validate(work, staged)
    public = steps.redact(work, staged)
    report = steps.detect(work, public, report)
    with written_ahead(work, public) as written:
        return Ready(work, snapshot, public, report, steps.publish(work, snapshot, public, report, written))


def ready_in(waiting: Ready, root: Path) -> Ready:
    """The same release, waiting in a copy of its city below `root`."""
    moved(waiting.work.places, root)
    return waiting.below(root)


def pointer(places: Places) -> Pointer:
    """The city's pointer, which must stand."""
    found = read_pointer(places.public, CITY_ID)
    assert found is not None
    return found


def current_release(places: Places, dataset: str = DATASET) -> str | None:
    """The name of the current release, None where nothing stands."""
    found = read_pointer(places.public, CITY_ID)
    entry = found.datasets.get(dataset) if found else None
    return entry.current.release if entry and entry.current else None


def audited(places: Places) -> Audit:
    """What an auditor finds in the public zone."""
    return audit(shelf(str(places.public)))


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

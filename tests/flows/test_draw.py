"""What is drawn of a whole city follows the pointer: little is written, and whatever was lost or died is healed."""

import re
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from catalog import layout, store
from catalog.manifest import Entry, Pointer, document
from catalog.shelf import read_pointer
from flows.draw import draw_catalog, draw_dataset, drawing
from tests.catalog.site.made_up import NOON, RELEASE, city, dataset, manifest, pointer, report, tombstone
from tests.laws.made_up_city import bytes_below

PART = re.compile(r"^palu/(search/(terms|cards)-|catalog/|sitemaps/)\d+|^palu/sitemap.xml")
"""What there are more of, the larger the catalog is."""
TITLES = ("Titik", "Ruas", "Halte", "Pasar", "Sekolah", "Guru", "Pohon")


def placed(public: Path, number: int, **changes: Any) -> Entry:
    """A release of a made-up dataset where it belongs, without data."""
    name = f"dataset-{number}"
    title = {"id": f"{TITLES[number % 7]} nomor {number}", "en": f"Number {number}"}
    one = dataset(**({"id": name, "title": title} | changes))
    shown = manifest(dataset=name, distributions=(), issued=NOON + timedelta(days=len(changes)))
    folder = public / layout.release("palu", name, shown.release)
    folder.mkdir(parents=True, exist_ok=True)
    contents = {layout.CONTRACT: document(one), layout.VALIDATION: document(report(dataset=name))}
    contents |= {layout.PREVIEW: b'{"rows": []}', layout.MANIFEST: document(shown)}
    for file, content in contents.items():
        (folder / file).write_bytes(content)
    return Entry(current=store.reference(shown))


def begun(public: Path, datasets: int) -> Pointer:
    """A catalog of so many datasets, of which nothing is drawn."""
    catalog = pointer(datasets={f"dataset-{number}": placed(public, number) for number in range(datasets)})
    store.move_pointer(public, catalog)
    return catalog


def founded(public: Path, datasets: int) -> Pointer:
    """A catalog of so many datasets, drawn."""
    catalog = begun(public, datasets)
    draw_catalog(public, catalog)
    return catalog


def founded_in_haste(public: Path, datasets: int) -> Pointer:
    """The same without the pages of the datasets: they take long, and nobody looks at them."""
    catalog = begun(public, datasets)
    with store.drawing(public, "palu", drawing(catalog)):
        pass
    draw_catalog(public, catalog)
    return catalog


def moved(public: Path, catalog: Pointer, name: str, entry: Entry) -> Pointer:
    """The catalog after one dataset's entry changed, drawn as a run draws it."""
    catalog = catalog.moved(name, entry, NOON + timedelta(days=1))
    store.move_pointer(public, catalog)
    draw_dataset(public, catalog, name)
    for one in entry.withdrawn:
        store.bury(public, one)
    draw_catalog(public, catalog)
    return catalog


def written(public: Path, catalog: Pointer, name: str, entry: Entry) -> set[Path]:
    """The files that one publish replaces or makes."""
    before = inodes(public)
    moved(public, catalog, name, entry)
    return {path for path, inode in inodes(public).items() if before.get(path) != inode}


def inodes(public: Path) -> dict[Path, int]:
    return {path: path.stat().st_ino for path in public.rglob("*") if path.is_file() and ".staging" not in path.parts}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pointer]:
    public = tmp_path_factory.mktemp("small")
    return public, founded_in_haste(public, 30)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pointer]:
    public = tmp_path_factory.mktemp("large")
    return public, founded_in_haste(public, 300)


def kinds(public: Path, files: Iterable[Path]) -> set[str]:
    """What was written, but for parts."""
    return {str(path.relative_to(public)) for path in files}


def test_publishing_writes_no_more_into_a_large_catalog_than_into_a_small_one(
    small: tuple[Path, Pointer], large: tuple[Path, Pointer]
) -> None:
    counts = []
    for public, catalog in (small, large):
        files = written(public, catalog, "dataset-99999", placed(public, 99999))
        parts = {path for path in files if PART.search(str(path.relative_to(public)))}
        counts.append(kinds(public, files - parts))
        assert len(parts) <= 8, sorted(parts)
    assert counts[0] == counts[1]
    assert 20 < len(counts[0]) < 60


def test_drawing_twice_writes_nothing(small: tuple[Path, Pointer]) -> None:
    public, _ = small
    catalog = read_pointer(public, "palu")
    assert catalog is not None
    before = inodes(public)
    draw_catalog(public, catalog)
    assert inodes(public) == before


LOST = [
    pytest.param("api/v1/datasets.json", b"[]", id="cards of another shape"),
    pytest.param("api/v1/datasets.json", None, id="no cards"),
    pytest.param("search/terms-0.js", None, id="a part of the search"),
    pytest.param("search/vocabulary.js", b"paluSearch(", id="half a vocabulary"),
]


@pytest.mark.parametrize(("name", "content"), LOST)
def test_what_was_lost_is_drawn_again(name: str, content: bytes | None, tmp_path: Path) -> None:
    catalog = founded(tmp_path, 4)
    whole = bytes_below(tmp_path / "palu")
    file = tmp_path / "palu" / name
    file.write_bytes(content) if content is not None else file.unlink()
    draw_catalog(tmp_path, catalog)
    assert bytes_below(tmp_path / "palu") == whole


def test_a_drawing_that_died_half_way_is_drawn_whole(tmp_path: Path) -> None:
    catalog = founded(tmp_path, 4)
    whole = bytes_below(tmp_path / "palu")
    with pytest.raises(ZeroDivisionError), store.drawing(tmp_path, "palu", drawing(catalog)):
        store.write(tmp_path, layout.department_page("palu", "dishub"), b"half of something else")
        raise ZeroDivisionError
    draw_catalog(tmp_path, catalog)
    assert bytes_below(tmp_path / "palu") == whole


def test_change_by_change_is_what_is_drawn_at_once(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    catalog = founded(one, 5)
    for name, entry in (
        ("dataset-7", placed(one, 7, description="Baru: aspal.")),
        ("dataset-2", Entry(withdrawn=(tombstone(dataset="dataset-2", release=RELEASE),))),
        ("dataset-8", placed(one, 8, department="bkpsdm", theme="GOVE")),
        ("dataset-7", Entry(withdrawn=(tombstone(dataset="dataset-7", release=RELEASE),))),
    ):
        catalog = moved(one, catalog, name, entry)
    shutil.copytree(one / "palu" / "datasets", other / "palu" / "datasets")
    store.move_pointer(other, catalog)
    draw_catalog(other, catalog)
    assert bytes_below(other / "palu") == bytes_below(one / "palu")


def test_a_city_that_says_something_else_of_itself_is_drawn_again(tmp_path: Path) -> None:
    catalog = founded(tmp_path, 3)
    renamed = catalog.model_copy(update={"city": city(departments={"dishub": "Dinas Lalu Lintas"})})
    draw_catalog(tmp_path, renamed)
    for page in (layout.city_page("palu"), layout.department_page("palu", "dishub"), layout.datasets_page("palu")):
        assert "Dinas Lalu Lintas" in (tmp_path / page).read_text()
    assert "Dinas Lalu Lintas" in (tmp_path / layout.dataset_page("palu", "dataset-1")).read_text()

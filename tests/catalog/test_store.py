"""The public zone: written whole or not at all, readable by a web server, clean afterwards."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from catalog import layout, store
from catalog.manifest import Distribution, Inputs, Manifest, document

INPUTS = Inputs(snapshot_sha256="a" * 64, contract_sha256="b" * 64, code_version="1")
PAGE = PurePosixPath("palu/datasets/titik/index.html")


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Path]:
    """A zone whose publisher keeps everything to himself unless told otherwise."""
    before = os.umask(0o077)
    yield tmp_path / "public"
    os.umask(before)


def manifest(release: str = "2026-03-02-aaaaaaaa", rows: int = 1) -> Manifest:
    files = (Distribution(path="titik.csv", format="csv", bytes=5, sha256="0" * 64),)
    return Manifest.model_validate(
        {
            "city": "palu",
            "dataset": "titik",
            "release": release,
            "issued": "2026-03-02T09:30:00+08:00",
            "rows": rows,
            "inputs": INPUTS,
            "distributions": files,
            "documents": (),
        }
    )


def placed(public: Path, one: Manifest, text: str = "kode\n") -> Path:
    """A release put into its place."""
    with store.aside(public) as folder:
        (folder / "titik.csv").write_text(text)
        store.place_release(public, folder, one)
    return public / layout.release("palu", "titik", one.release)


def staged(public: Path) -> list[str]:
    """What stands under staging names, locks and stamps aside."""
    return [path.name for path in (public / store.STAGING).iterdir() if path.suffix not in (".lock", ".drawn")]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_release_can_be_read_by_any_web_server(public: Path) -> None:
    folder = placed(public, manifest())
    above = [folder, *(path for path in folder.parents if path.is_relative_to(public))]
    assert {mode(path) for path in above} == {0o755}
    assert {mode(path) for path in folder.iterdir()} == {0o644}


def test_the_same_release_placed_twice_is_placed_once(public: Path) -> None:
    folder = placed(public, manifest())
    before = (folder / "titik.csv").stat().st_ino
    assert placed(public, manifest()) == folder
    assert (folder / "titik.csv").stat().st_ino == before
    assert staged(public) == []


def test_a_reference_is_the_hash_of_the_bytes_that_stand(public: Path) -> None:
    one = manifest()
    folder = placed(public, one)
    assert (folder / layout.MANIFEST).read_bytes() == document(one)
    assert store.reference(one).release == one.release


def test_a_page_that_says_the_same_is_not_written_again(public: Path) -> None:
    store.write(public, PAGE, b"satu")
    before = (public / PAGE).stat().st_ino
    store.write(public, PAGE, b"satu")
    assert (public / PAGE).stat().st_ino == before
    store.write(public, PAGE, b"dua")
    assert ((public / PAGE).read_bytes(), mode(public / PAGE), staged(public)) == (b"dua", 0o644, [])


def test_the_friendly_addresses_are_the_files_of_the_release(public: Path) -> None:
    first, second = manifest(), manifest("2026-03-03-bbbbbbbb")
    latest = public / layout.latest("palu", "titik") / "titik.csv"
    folders = [placed(public, first), placed(public, second, "kode\nTP\n")]
    for one, folder in zip((first, second), folders, strict=True):
        store.point_latest(public, "palu", "titik", one)
        assert latest.samefile(folder / "titik.csv")
        assert {file.name for file in latest.parent.iterdir()} == {"titik.csv"}
        (latest.parent / "titik.xlsx").write_text("a format that the next release does not come in")
    store.point_latest(public, "palu", "titik", None)
    assert not latest.parent.exists()


def test_a_folder_that_stands_aside_is_gone_when_nothing_came_of_it(public: Path) -> None:
    with pytest.raises(ZeroDivisionError), store.aside(public) as folder:
        (folder / "titik.csv").write_text("kode\n")
        raise ZeroDivisionError
    assert staged(public) == []


def test_one_city_publishes_while_another_does(public: Path) -> None:
    with store.publishing(public, "palu"), store.publishing(public, "jambi"):
        assert sorted(path.name for path in (public / store.STAGING).iterdir()) == ["jambi.lock", "palu.lock"]


def was_drawn(public: Path, city: str, version: str) -> bool:
    with store.drawing(public, city, version) as known:
        return known


def test_the_drawing_is_remembered_by_its_city_and_version(public: Path) -> None:
    seen = [was_drawn(public, city, version) for city, version in (("palu", "1"), ("palu", "1"), ("jambi", "1"))]
    assert seen == [False, True, False]
    assert not was_drawn(public, "palu", "2")


def test_a_drawing_that_died_is_not_trusted(public: Path) -> None:
    assert not was_drawn(public, "palu", "1")
    with pytest.raises(ZeroDivisionError), store.drawing(public, "palu", "1") as known:
        assert known
        raise ZeroDivisionError
    assert not was_drawn(public, "palu", "1")

"""A city's documents are joined from those of its datasets: what is written again is little, and nothing is missed."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog import layout, parts
from catalog.manifest import Entry, Pointer, ReleaseReference, Tombstone
from catalog.metadata import documents, feeds, joined
from catalog.shelf import Release
from tests.catalog.site.made_up import NOON, city, dataset, manifest, pointer, release, tombstone

CITY = city()
STATED = dataset()
NAMES = [f"set-{number}" for number in range(20)]
SHAPE = {".jsonld", ".ttl", ".xml", ".json"}


def put(public: Path, drawn: documents.Drawn) -> None:
    """Write as the store does, without waiting for the disk."""
    for path, data in drawn.items():
        (public / path).parent.mkdir(parents=True, exist_ok=True)
        (public / path).write_bytes(data)


def released(name: str, number: int) -> Release:
    made = manifest(dataset=name, release=f"2026-11-21-{number:08d}", issued=NOON + timedelta(hours=number))
    return release(dataset=STATED.model_copy(update={"id": name}), manifest=made)


def happen(public: Path, before: Pointer, name: str, number: int) -> Pointer:
    """A release of a dataset, or a withdrawal of the one that stands every third time; its documents are drawn."""
    entry = before.datasets.get(name, Entry())
    moment = NOON + timedelta(hours=number)
    if number % 3 == 2 and entry.current is not None:
        grave = tombstone(dataset=name, release=entry.current.release, issued=NOON, withdrawn=moment)
        put(public, documents.of_withdrawn(CITY, name, (grave,)))
        return before.moved(name, Entry(withdrawn=(grave,)), moment)
    found = released(name, number)
    put(public, documents.of_dataset(CITY, found, (found.manifest,)))
    current = ReleaseReference(release=found.manifest.release, manifest_sha256="e" * 64)
    return before.moved(name, entry.model_copy(update={"current": current}), moment)


def contents(public: Path) -> dict[str, bytes]:
    files = [file for file in public.rglob("*") if file.suffix in SHAPE and ".staging" not in file.parts]
    return {str(file.relative_to(public)): file.read_bytes() for file in files}


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=16))
@example([0, 1, 2, 3, 4, 1])
@example([0, 0, 1, 0, 2, 0])
def test_what_is_drawn_change_by_change_is_what_is_drawn_at_once(
    tmp_path_factory: pytest.TempPathFactory, changes: list[int]
) -> None:
    kept, published = tmp_path_factory.mktemp("kept"), pointer(datasets={})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PER_PART", 2)
        patch.setattr(feeds, "NEWEST", 4)
        for number, name in enumerate(changes):
            published = happen(kept, published, f"set-{name}", number)
            put(kept, documents.of_city(kept, published, {f"set-{name}"}))
        drawn = documents.of_city(kept, published)
    found = contents(kept)
    assert {str(path): data for path, data in drawn.items()}.items() <= found.items()
    stale = set(found) - {str(path) for path in drawn}
    assert all("/datasets/" in path for path in stale)


def test_one_dataset_more_writes_as_many_files_in_a_catalog_of_any_size(tmp_path: Path) -> None:
    wrote = []
    for size in (1, 30, 1000):
        public = tmp_path / str(size)
        named = {
            f"set-{number}": Entry(
                current=ReleaseReference(release=f"2026-11-20-{number:08d}", manifest_sha256="e" * 64)
            )
            for number in range(size)
        }
        published = pointer(datasets=named)
        empty = {
            layout.dcat_dataset("palu", name, syntax): joined.empty_document(CITY, name, syntax).encode()
            for name in named
            for syntax in joined.SYNTAXES
        }
        put(public, empty)
        put(public, documents.of_city(public, published))
        before = contents(public)
        published = happen(public, published, "baru", 0)
        put(public, documents.of_city(public, published, {"baru"}))
        after = contents(public)
        wrote.append(sum(before.get(path) != data for path, data in after.items()))
    assert max(wrote) <= min(wrote) + 6
    assert max(wrote) < 30


def test_what_was_taken_back_is_in_no_document(tmp_path: Path) -> None:
    published = happen(tmp_path, pointer(datasets={}), "set-1", 0)
    put(tmp_path, documents.of_city(tmp_path, published))
    assert any(b"parkir digital" in data for data in contents(tmp_path).values())
    published = happen(tmp_path, published, "set-1", 2)
    put(tmp_path, documents.of_city(tmp_path, published, {"set-1"}))
    entry = published.datasets["set-1"]
    assert isinstance(entry.withdrawn[0], Tombstone)
    told = {path for path, data in contents(tmp_path).items() if b"parkir digital" in data}
    assert told == set()


def test_a_part_that_the_catalog_shrinks_from_says_nothing_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PER_PART", 1)
    first, last = (next(name for name in NAMES if parts.part_of(name, 2) == part) for part in (0, 1))
    published = happen(tmp_path, happen(tmp_path, pointer(datasets={}), first, 0), last, 1)
    put(tmp_path, documents.of_city(tmp_path, published))
    itself, beyond = (tmp_path / layout.dcat_part("palu", part, "ttl") for part in (0, 1))
    assert (first in itself.read_text(), last in beyond.read_text()) == (True, True)
    published = happen(tmp_path, published, last, 2)
    put(tmp_path, documents.of_city(tmp_path, published, {last}))
    assert (first in itself.read_text(), last in beyond.read_text()) == (True, False)

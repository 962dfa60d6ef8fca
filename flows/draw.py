"""Draw what follows from a city's pointer. Its callers hold the publisher's lock."""

from pathlib import Path

from catalog import store
from catalog.drawing import city_pages, dataset_pages, judged_otherwise
from catalog.manifest import Entry, Pointer, digest, document
from catalog.renewal import Last, drawn_last, renewed
from flows.version import drawing_version


def draw_dataset(public: Path, pointer: Pointer, dataset: str) -> None:
    """Everything that is drawn from one dataset's releases."""
    pages, manifest = dataset_pages(public, pointer, dataset)
    store.draw(public, pages)
    store.point_latest(public, pointer.city.id, dataset, manifest)


def draw_catalog(public: Path, pointer: Pointer) -> None:
    """Everything that speaks of a whole city, as far as something changed since it was drawn last.

    The pages of datasets are drawn with their releases, and here where the register judges their fields otherwise,
    or where the drawing itself or the city has changed.
    """
    city = pointer.city.id
    with store.drawing(public, city, drawing(pointer)) as known:
        renewal = renewed(public, pointer, drawn_last(public, city) if known else Last())
        for dataset in sorted(judged_otherwise(public, pointer, renewal) if known else pointer.datasets):
            draw_dataset(public, pointer, dataset)
        store.draw(public, city_pages(public, pointer, renewal))


def drawing(pointer: Pointer) -> str:
    """What decides every page of a city, whatever is released: the drawing itself, what the city says of itself, and
    the boundaries under its maps."""
    below = pointer.datasets.get(pointer.city.boundaries or "", Entry()).current
    return f"{drawing_version()} {digest(document(pointer.city))[:8]} {below.release if below else '-'}"

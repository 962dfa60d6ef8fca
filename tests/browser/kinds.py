"""One page of each kind, as it stands in the demo: what every check of pages goes through."""

from pathlib import Path, PurePosixPath

from catalog import layout
from catalog.shelf import read_entry
from schemas.contracts import LANGUAGES
from schemas.register import REGISTER

DATASETS = {
    "a dataset with places": "titik-parkir",
    "a dataset of many rows": "transaksi-parkir",
    "a dataset of counts": "pelatihan-digital",
    "a dataset of regions": "penduduk-dan-pdrb",
    "open data": "kelurahan",
    "the register as a dataset": REGISTER,
}
KINDS = ["the root", "the home page", *DATASETS, "a report", "the register", "the requests"]


def page(public: Path, kind: str, language: str) -> PurePosixPath:
    """The public path of a page of that kind."""
    [spoken] = [one for one in LANGUAGES if one == language]
    if kind in DATASETS:
        return layout.dataset_page("palu", DATASETS[kind], spoken)
    if kind == "a report":
        current = read_entry(public, "palu", "titik-parkir").current
        assert current
        return layout.report_page("palu", "titik-parkir", current.release, spoken)
    if kind == "the root":
        return layout.root_page(spoken)
    pages = {
        "the home page": layout.city_page,
        "the register": layout.register_page,
        "the requests": layout.requests_page,
    }
    return pages[kind]("palu", spoken)

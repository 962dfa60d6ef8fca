"""Every public path, by rule. Knows no disk and no web: a path is the same below a folder and an address."""

from pathlib import PurePosixPath

ROOT_PAGE = PurePosixPath("index.html")
ROOT_STYLE = PurePosixPath("style.css")
CITIES = PurePosixPath("cities.json")
MANIFEST = "manifest.json"
CONTRACT = "contract.json"
VALIDATION = "validation.json"
PREVIEW = "preview.json"
DATA_PACKAGE = "datapackage.json"
TOMBSTONE = "tombstone.json"

_EXTENSIONS = {"geoparquet": "geo.parquet"}
"""By format, where it differs from the format's own name: a GeoParquet is a Parquet, beside the plain one."""


def city(city_id: str) -> PurePosixPath:
    """The folder of a city's catalog."""
    return PurePosixPath(city_id)


def pointer(city_id: str) -> PurePosixPath:
    """The one document that says which releases are current."""
    return city(city_id) / "catalog.json"


def city_page(city_id: str) -> PurePosixPath:
    return city(city_id) / "index.html"


def register_page(city_id: str) -> PurePosixPath:
    """The register of exempt information, for people."""
    return city(city_id) / "daftar-informasi-dikecualikan.html"


def dcat(city_id: str) -> PurePosixPath:
    return city(city_id) / "catalog.jsonld"


def style(city_id: str) -> PurePosixPath:
    return city(city_id) / "style.css"


def dataset(city_id: str, dataset_id: str) -> PurePosixPath:
    """The folder of everything about a dataset."""
    return city(city_id) / "datasets" / dataset_id


def dataset_page(city_id: str, dataset_id: str) -> PurePosixPath:
    return dataset(city_id, dataset_id) / "index.html"


def report_page(city_id: str, dataset_id: str, release: str) -> PurePosixPath:
    return dataset(city_id, dataset_id) / "reports" / f"{release}.html"


def release(city_id: str, dataset_id: str, release_id: str) -> PurePosixPath:
    """A write-once folder: its name tells the date and the content."""
    return dataset(city_id, dataset_id) / release_id


def latest(city_id: str, dataset_id: str) -> PurePosixPath:
    """The friendly addresses of the current release's data files."""
    return dataset(city_id, dataset_id) / "latest"


def data_file(dataset_id: str, format_: str) -> str:
    """The name of a data file inside a release, and below `latest`."""
    return f"{dataset_id}.{_EXTENSIONS.get(format_, format_)}"

"""Every public path, by rule. Knows no disk and no web: a path is the same below a folder and an address.

Pages stand once a language: the Indonesian ones first, their English twins below `en/`. Everything else stands once.
"""

from pathlib import PurePosixPath

from schemas.contracts import Language

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


def root_page(language: Language = "id") -> PurePosixPath:
    """The page that names the cities."""
    return _pages(PurePosixPath(), language) / "index.html"


def city(city_id: str) -> PurePosixPath:
    """The folder of a city's catalog."""
    return PurePosixPath(city_id)


def pointer(city_id: str) -> PurePosixPath:
    """The one document that says which releases are current."""
    return city(city_id) / "catalog.json"


def city_page(city_id: str, language: Language = "id") -> PurePosixPath:
    return _pages(city(city_id), language) / "index.html"


def register_page(city_id: str, language: Language = "id") -> PurePosixPath:
    """The register of exempt information, for people."""
    return _pages(city(city_id), language) / "daftar-informasi-dikecualikan.html"


def requests_page(city_id: str, language: Language = "id") -> PurePosixPath:
    """Where people ask for data that are missing, and see what others have asked for."""
    return _pages(city(city_id), language) / "permintaan.html"


def dcat(city_id: str) -> PurePosixPath:
    return city(city_id) / "catalog.jsonld"


def style(city_id: str) -> PurePosixPath:
    return city(city_id) / "style.css"


def dataset(city_id: str, dataset_id: str) -> PurePosixPath:
    """The folder of everything about a dataset."""
    return city(city_id) / "datasets" / dataset_id


def dataset_page(city_id: str, dataset_id: str, language: Language = "id") -> PurePosixPath:
    return _pages(city(city_id), language) / "datasets" / dataset_id / "index.html"


def report_page(city_id: str, dataset_id: str, release: str, language: Language = "id") -> PurePosixPath:
    return dataset_page(city_id, dataset_id, language).parent / "reports" / f"{release}.html"


def release(city_id: str, dataset_id: str, release_id: str) -> PurePosixPath:
    """A write-once folder: its name tells the date and the content."""
    return dataset(city_id, dataset_id) / release_id


def latest(city_id: str, dataset_id: str) -> PurePosixPath:
    """The friendly addresses of the current release's data files."""
    return dataset(city_id, dataset_id) / "latest"


def data_file(dataset_id: str, format_: str) -> str:
    """The name of a data file inside a release, and below `latest`."""
    return f"{dataset_id}.{_EXTENSIONS.get(format_, format_)}"


def _pages(folder: PurePosixPath, language: Language) -> PurePosixPath:
    """Where a folder's pages stand in a language."""
    return folder if language == "id" else folder / language

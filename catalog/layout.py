"""Every public path, by rule. Knows no disk and no web: a path is the same below a folder and an address.

Pages stand once a language: the Indonesian ones first, their English twins below `en/`. Everything else stands once.
"""

from pathlib import PurePosixPath

from schemas.contracts import Language

ROOT_STYLE = PurePosixPath("style.css")
ROBOTS = PurePosixPath("robots.txt")
CITIES = PurePosixPath("cities.json")
MANIFEST = "manifest.json"
CONTRACT = "contract.json"
VALIDATION = "validation.json"
PREVIEW = "preview.json"
CHARTS = "charts.json"
MAP = "map.json"
STATISTICS = "statistics.json"
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


def dcat_part(city_id: str, part: int, syntax: str = "jsonld") -> PurePosixPath:
    """A part of the catalog in DCAT: the first is the catalog itself, the others stand below it."""
    return city(city_id) / (f"catalog.{syntax}" if part == 0 else f"catalog/{part}.{syntax}")


def dcat_dataset(city_id: str, dataset_id: str, syntax: str = "jsonld") -> PurePosixPath:
    return dataset(city_id, dataset_id) / f"dcat.{syntax}"


def city_feed(city_id: str, language: Language = "id") -> PurePosixPath:
    """The Atom feed of a whole catalog."""
    return _pages(city(city_id), language) / "feed.xml"


def department_feed(city_id: str, department: str, language: Language = "id") -> PurePosixPath:
    return _pages(city(city_id), language) / "departments" / department / "feed.xml"


def dataset_feed(city_id: str, dataset_id: str, language: Language = "id") -> PurePosixPath:
    return dataset_page(city_id, dataset_id, language).parent / "feed.xml"


def sitemap(city_id: str) -> PurePosixPath:
    return city(city_id) / "sitemap.xml"


def sitemap_part(city_id: str, part: int) -> PurePosixPath:
    return city(city_id) / "sitemaps" / f"{part}.xml"


def api(city_id: str) -> PurePosixPath:
    """The folder of the static JSON API."""
    return city(city_id) / "api" / "v1"


def api_dataset(city_id: str, dataset_id: str) -> PurePosixPath:
    return api(city_id) / "datasets" / f"{dataset_id}.json"


def openapi(city_id: str) -> PurePosixPath:
    return city(city_id) / "api" / "openapi.json"


def ckan(city_id: str, dataset_id: str) -> PurePosixPath:
    """The dataset as CKAN's `package_show` answers it."""
    return dataset(city_id, dataset_id) / "ckan.json"


def bps_draft(city_id: str, dataset_id: str, form: str) -> PurePosixPath:
    """The draft of one of BPS' forms: `ms-keg`, `ms-var` or `ms-ind`."""
    return dataset(city_id, dataset_id) / f"rancangan-{form}.csv"


def style(city_id: str) -> PurePosixPath:
    return city(city_id) / "style.css"


def script(city_id: str, name: str) -> PurePosixPath:
    """A script of the city's pages."""
    return city(city_id) / "scripts" / name


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


def register_part(city_id: str, department: str, language: Language = "id") -> PurePosixPath:
    """What a department withholds, where that is too much for the register's one page."""
    return register_page(city_id, language).with_suffix("") / f"{department}.html"


def datasets_page(city_id: str, language: Language = "id") -> PurePosixPath:
    """All datasets by their titles."""
    return _pages(city(city_id), language) / "datasets" / "index.html"


def letter_page(city_id: str, letter: str, language: Language = "id") -> PurePosixPath:
    """The datasets whose title begins with a letter, where they are too many for one page.

    No dataset's id holds a dot, so this is no dataset's folder.
    """
    return _pages(city(city_id), language) / "datasets" / f"{letter}.html"


def department_page(city_id: str, department: str, language: Language = "id") -> PurePosixPath:
    return _pages(city(city_id), language) / "departments" / department / "index.html"


def theme_page(city_id: str, theme: str, language: Language = "id") -> PurePosixPath:
    return _pages(city(city_id), language) / "themes" / theme.lower() / "index.html"


def search_page(city_id: str, language: Language = "id") -> PurePosixPath:
    return _pages(city(city_id), language) / "cari" / "index.html"


def search_index(city_id: str) -> PurePosixPath:
    """The folder of the scripts that the search reads; it serves both languages."""
    return city(city_id) / "search"


def cards(city_id: str) -> PurePosixPath:
    """All datasets in one document, for programs, and for what is drawn of a whole city."""
    return city(city_id) / "api" / "v1" / "datasets.json"


def _pages(folder: PurePosixPath, language: Language) -> PurePosixPath:
    """Where a folder's pages stand in a language."""
    return folder if language == "id" else folder / language

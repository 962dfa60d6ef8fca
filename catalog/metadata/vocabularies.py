"""The controlled terms that DCAT-AP prescribes, as addresses: EU Vocabularies and IANA's media types."""

from catalog.manifest import Format
from schemas.contracts import Language

_AUTHORITY = "http://publications.europa.eu/resource/authority"

PUBLIC_ACCESS = f"{_AUTHORITY}/access-right/PUBLIC"
THEME_TAXONOMY = f"{_AUTHORITY}/data-theme"
SHA256_ALGORITHM = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

_FILE_TYPES: dict[Format, str] = {"geoparquet": "PARQUET"}
"""By format, where the list of file types calls it otherwise."""
STANDARDS: dict[Format, str] = {
    "geoparquet": "https://geoparquet.org/releases/v1.1.0/",
    "geojson": "https://www.rfc-editor.org/rfc/rfc7946",
}
"""The standards that a format's media type does not tell."""

LANGUAGES: dict[Language, str] = {"id": f"{_AUTHORITY}/language/IND", "en": f"{_AUTHORITY}/language/ENG"}


def theme(code: str) -> str:
    """A data theme by its code."""
    return f"{THEME_TAXONOMY}/{code}"


def frequency(code: str) -> str:
    """A frequency by its code."""
    return f"{_AUTHORITY}/frequency/{code}"


def file_type(name: Format) -> str:
    """The file type of a format of ours."""
    return f"{_AUTHORITY}/file-type/{_FILE_TYPES.get(name, name.upper())}"


def media_type(name: str) -> str:
    """IANA's page of a media type, which is its identifier."""
    return f"https://www.iana.org/assignments/media-types/{name}"

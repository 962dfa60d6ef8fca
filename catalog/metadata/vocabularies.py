"""The controlled terms that DCAT-AP prescribes, as addresses: EU Vocabularies and IANA's media types."""

from catalog.manifest import Format
from schemas.contracts import LICENCES, Language

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


_LICENCES: dict[str, str] = {
    "CC-BY-4.0": "CC_BY_4_0",
    "CC-BY-SA-4.0": "CC_BYSA_4_0",
    "CC0-1.0": "CC0",
    "ODbL-1.0": "ODC_BL",
    "ODC-By-1.0": "ODC_BY",
}
"""By SPDX identifier, what the list of licences calls those of ours that it holds."""


def licence(name: str) -> str:
    """A licence by its SPDX identifier; its own address where the list of licences does not hold it."""
    return f"{_AUTHORITY}/licence/{_LICENCES[name]}" if name in _LICENCES else LICENCES[name].path


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

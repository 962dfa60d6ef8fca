"""The controlled terms that DCAT-AP prescribes, as addresses: EU Vocabularies and IANA's media types."""

from catalog.manifest import Format
from schemas.contracts import Language

_AUTHORITY = "http://publications.europa.eu/resource/authority"

PUBLIC_ACCESS = f"{_AUTHORITY}/access-right/PUBLIC"
THEME_TAXONOMY = f"{_AUTHORITY}/data-theme"
SHA256_ALGORITHM = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

LANGUAGES: dict[Language, str] = {"id": f"{_AUTHORITY}/language/IND", "en": f"{_AUTHORITY}/language/ENG"}


def theme(code: str) -> str:
    """A data theme by its code."""
    return f"{THEME_TAXONOMY}/{code}"


def frequency(code: str) -> str:
    """A frequency by its code."""
    return f"{_AUTHORITY}/frequency/{code}"


def file_type(name: Format) -> str:
    """The file type of a format of ours."""
    return f"{_AUTHORITY}/file-type/{name.upper()}"


def media_type(name: str) -> str:
    """IANA's page of a media type, which is its identifier."""
    return f"https://www.iana.org/assignments/media-types/{name}"

"""Which letters a text file's bytes mean: stated, told by its first bytes, or found by reading all of it."""

import codecs
from pathlib import Path

from schemas.errors import AuthorError, SupplierError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OFFICE_ENCODINGS = ["cp1252", "latin_1"]
"""What Indonesian offices' programs write where they do not write UTF-8."""
CHUNK_BYTES = 1 << 20
SAMPLE_BYTES = 1 << 16


def stated_encoding(stated: str) -> str:
    """Python's name of an encoding that a contract states. AuthorError `encoding_unknown`."""
    try:
        found = codecs.lookup(stated)
        "".encode(found.name)
    except (LookupError, TypeError):
        raise AuthorError("encoding_unknown", encoding=stated) from None
    return "utf-8-sig" if found.name == "utf-8" else found.name


def marked_encoding(head: bytes) -> str | None:
    """The encoding that the first bytes announce."""
    return next((name for mark, name in MARKS if head.startswith(mark)), None)


def is_utf8(head: bytes) -> bool:
    """Whether the bytes are UTF-8 as far as they go; the last letter may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def found_encoding(path: Path, file: str) -> str:
    """UTF-8 if all of the file is; else what charset-normalizer takes the first other letters for.

    SupplierError: `file_not_text`, `encoding_unclear`.
    """
    sample = _first_that_is_not_utf8(path, file)
    if sample is None:
        return "utf-8-sig"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=OFFICE_ENCODINGS, preemptive_behaviour=False).best()
    if best is None:
        raise SupplierError("encoding_unclear", file=file)
    return best.encoding


def _first_that_is_not_utf8(path: Path, file: str) -> bytes | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            if b"\0" in chunk:
                raise SupplierError("file_not_text", file=file)
            held = decoder.getstate()[0]
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return (held + chunk)[max(0, error.start - SAMPLE_BYTES) : error.start + SAMPLE_BYTES]
    return bytes(decoder.getstate()[0]) or None

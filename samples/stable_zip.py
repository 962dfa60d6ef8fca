"""Takes the clock out of an office file, so that the same content gives the same bytes."""

import io
import re
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def rewrite(path: Path, written: datetime) -> None:
    """Writes the zip file at `path` again, as if all of it had been made at `written`."""
    stamp = written.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with ZipFile(path) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, written.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", old.read(name)))
    path.write_bytes(buffer.getvalue())

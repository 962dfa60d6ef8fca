"""The scripts of the pages as they are served: our own parts joined behind the library that they stand on.

Classic scripts, so that they run from a folder too; the parts of one share `window.palu`. Vendored libraries are
built by `make vendor` alone.
"""

from functools import cache
from importlib import resources

OPENER, TABLE, SQL, SEARCH = "dataset.js", "table.js", "sql.js", "search.js"
PARTS = {
    SEARCH: ("search.js",),
    OPENER: ("dataset.js", "ask.js"),
    TABLE: (
        "vendor/parquet.js",
        "table/values.js",
        "table/file.js",
        "table/rows.js",
        "table/view.js",
        "table/panels.js",
        "table/table.js",
    ),
    SQL: ("vendor/squirreling.js", "sql/sql.js"),
}
"""Each served script, and what it is joined from, in this order."""


@cache
def scripts() -> dict[str, bytes]:
    """Every script by its name."""
    folder = resources.files(__package__).joinpath("scripts")
    return {name: b"\n".join(folder.joinpath(part).read_bytes() for part in parts) for name, parts in PARTS.items()}

"""Where a dataset comes from. Says how to find and read it, never how to connect: passwords live in settings."""

import re
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from .base import Line, Promise, WebAddress, fault, one_or_many


def _below_the_inbox(location: str) -> str:
    path = PurePosixPath(location)
    if path.is_absolute() or ".." in path.parts or "\\" in location or "\0" in location or not path.name:
        raise fault("location_outside", location=location)
    return location


_NO_STATEMENT = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\n]*|/\*.*?\*/", re.DOTALL)


def _one_select(query: str) -> str:
    """What is read is put around the query, so a second statement has no place in it."""
    bare = _NO_STATEMENT.sub(" ", query).strip().removesuffix(";")
    if ";" in bare or not re.match(r"(select|with|values)\b", bare, re.IGNORECASE):
        raise fault("query_many")
    return query


Location = Annotated[str, StringConstraints(min_length=1), AfterValidator(_below_the_inbox)]
SettingName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
RowNumber = Annotated[int, Field(ge=1)]


Member = Annotated[Line, AfterValidator(_below_the_inbox)]
"""The name of a file inside a zip archive, which may hold `*`."""


def _in_order(span: str) -> str:
    first, _, last = span.partition("-")
    if last and int(first) > int(last):
        raise fault("limits_reversed", low=first, high=last)
    return span


RowSpan = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?$"), AfterValidator(_in_order)]
"""One row, or the first and the last of several, as the source counts them: `12`, `20-25`."""
RowSpans = Annotated[tuple[RowSpan, ...], one_or_many(RowSpan | RowNumber)]


class CsvLayout(Promise):
    """Delimited text. What is not stated is found in the file; `header` is the line of the column names.

    `skip` lists lines below it that are no data; `stop` begins the first filled cell of the line at which the
    table ends. A last row that adds up all others holds the dataset back, unless `totals` says that it is data.
    """

    kind: Literal["csv"]
    member: Member | None = None
    encoding: Line | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    header: RowNumber | None = None
    skip: RowSpans = ()
    stop: Line | None = None
    totals: Literal["data"] | None = None


class SpreadsheetLayout(Promise):
    """A workbook (xls, xlsx, xlsm, xlsb, ods). `sheet` may stay out where the book has only one that is visible.

    `sheets` is a pattern (`*`, `?`, `[…]`) instead: every visible sheet whose name fits it is read, one below the
    other, as one table. A field whose `column` is `"@sheet"` takes the name of the row's sheet, one whose `column`
    is `"@section"` the title row that stands above the row inside the table.

    `hidden` says what to do with hidden rows, columns and sheets: `read` takes them as if they were shown, `skip`
    leaves them out. Unstated they are left out with a warning, and rows that a filter hides hold the dataset back.
    `numbers` says which number counts where a cell's format shows another one than the file stores (percentages,
    `57` shown as `57.000`): the `stored` or the `shown` one. Unstated such a column holds the dataset back.
    `header`, `skip` and `stop` are rows of each sheet, and `totals` is, as in `CsvLayout`.
    """

    kind: Literal["spreadsheet"]
    member: Member | None = None
    sheet: Line | None = None
    sheets: Line | None = None
    hidden: Literal["read", "skip"] | None = None
    numbers: Literal["stored", "shown"] | None = None
    header: RowNumber | None = None
    skip: RowSpans = ()
    stop: Line | None = None
    totals: Literal["data"] | None = None

    @model_validator(mode="after")
    def _one_sheet_or_a_pattern(self) -> "SpreadsheetLayout":
        if self.sheet is not None and self.sheets is not None:
            raise fault("one_of", keys="sheet, sheets")
        return self


class JsonLayout(Promise):
    """JSON records. `records` is the dotted path to the list; a column is a dotted path into a record."""

    kind: Literal["json"]
    member: Member | None = None
    records: Line | None = None


class GeoJsonLayout(Promise):
    """A FeatureCollection (RFC 7946): properties by name, beside `geometry`, `longitude` and `latitude`."""

    kind: Literal["geojson"]
    member: Member | None = None


class CsvSource(CsvLayout):
    """A CSV file below the inbox; `location` may hold `*`."""

    location: Location


class SpreadsheetSource(SpreadsheetLayout):
    """A workbook below the inbox; `location` may hold `*`."""

    location: Location


class JsonSource(JsonLayout):
    """A JSON file below the inbox; `location` may hold `*`."""

    location: Location


class GeoJsonSource(GeoJsonLayout):
    """A GeoJSON file below the inbox; `location` may hold `*`."""

    location: Location


class SqlSource(Promise):
    """A database. `connection` names the setting that holds its SQLAlchemy URL."""

    kind: Literal["sql"]
    connection: SettingName
    query: Annotated[Line, AfterValidator(_one_select)] | None = None
    table: Line | None = None

    @model_validator(mode="after")
    def _one_of_query_and_table(self) -> "SqlSource":
        if (self.query is None) == (self.table is None):
            raise fault("one_of", keys="query, table")
        return self


Dialect = Literal["mariadb", "postgresql", "sqlite"]


class SqlDumpSource(Promise):
    """A database's dump below the inbox, as SQL text: loaded by a throw-away database of its own `dialect`, then read.

    `location` may hold `*`, and `member` names the dump inside a zip archive.
    """

    kind: Literal["sql-dump"]
    location: Location
    member: Member | None = None
    dialect: Dialect
    query: Annotated[Line, AfterValidator(_one_select)] | None = None
    table: Line | None = None

    @model_validator(mode="after")
    def _one_of_query_and_table(self) -> "SqlDumpSource":
        if (self.query is None) == (self.table is None):
            raise fault("one_of", keys="query, table")
        return self


Layout = Annotated[CsvLayout | SpreadsheetLayout | JsonLayout | GeoJsonLayout, Field(discriminator="kind")]


class PageSize(Promise):
    """How many records a page is asked to hold, and the parameter that says so."""

    parameter: Line
    value: Annotated[int, Field(ge=1, le=1_000_000)]


class Pages(Promise):
    """How an API hands out its records page by page.

    `by: page` counts pages from `first`, `by: offset` counts records; `parameter` is the name that carries the count.
    `by: cursor` sends back, as `parameter`, what the answer holds at `next`; `by: link` follows the address at
    `next`, or in the header `Link`. `next` and `total` are dotted paths into an answer; `total` is how many records
    there are in all. The reading ends at an empty page, at the total, or where there is no next; more pages than
    `at_most` are an error.
    """

    by: Literal["page", "offset", "cursor", "link"]
    parameter: Line | None = None
    first: Annotated[int, Field(ge=0)] = 1
    size: PageSize | None = None
    next: Line | None = None
    total: Line | None = None
    at_most: Annotated[int, Field(ge=1, le=100_000)] = 1000

    @model_validator(mode="after")
    def _says_how_to_go_on(self) -> "Pages":
        if (self.parameter is None) != (self.by == "link"):
            raise fault("pages_parameter", by=self.by)
        if (self.next is None and self.by == "cursor") or (self.next is not None and self.by in ("page", "offset")):
            raise fault("pages_next", by=self.by)
        return self


class HttpSource(Promise):
    """A file behind HTTP: an address, or a setting that holds its first part. `read` says what the bytes are.

    `pages` says how to fetch records that are handed out page by page, which are then read as one file.
    """

    kind: Literal["http"]
    url: WebAddress | None = None
    connection: SettingName | None = None
    path: Line | None = None
    read: Layout
    pages: Pages | None = None

    @model_validator(mode="after")
    def _one_of_url_and_connection(self) -> "HttpSource":
        if (self.url is None) == (self.connection is None):
            raise fault("one_of", keys="url, connection")
        if self.pages is not None and (self.read.kind != "json" or self.read.member is not None):
            raise fault("pages_of_json")
        return self


Source = Annotated[
    CsvSource | SpreadsheetSource | JsonSource | GeoJsonSource | SqlSource | SqlDumpSource | HttpSource,
    Field(discriminator="kind"),
]
FileSource = CsvSource | SpreadsheetSource | JsonSource | GeoJsonSource
RowsSource = SqlSource | SqlDumpSource
"""Their snapshot holds rows as text already, of the staged fields alone."""

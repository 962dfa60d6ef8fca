"""JSON records and GeoJSON features -> a `RawTable`: an object a row, a dotted path a column.

Text stays as the file has it, numbers digit by digit; what a value means is casting's business.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

from schemas.contracts import JsonLayout
from schemas.contracts.places import LIMITS
from schemas.errors import SupplierError

from .assembly import at_rest, refuse_width
from .columns import HIDDEN, Wanted, shown
from .headers import Header, tidy
from .rows import Row
from .table import NUMBER_MARK, RawTable

GEOMETRY, LONGITUDE, LATITUDE = "geometry", "longitude", "latitude"
_WGS84 = re.compile(
    r"(?:urn:ogc:def:crs:)?(?:OGC:[0-9.]*:?CRS84|EPSG:[0-9.]*:?4326)"
    r"|https?://www\.opengis\.net/def/crs/(?:OGC/[0-9.]+/CRS84|EPSG/[0-9.]+/4326)",
    re.IGNORECASE,
)
"""The names of the one system that RFC 7946 knows, as older files state it."""
_ESRI = frozenset({"spatialReference", "geometryType", "displayFieldName"})
"""Members of Esri's own JSON, which ArcGIS writes unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the file, digit by digit."""

    text: str


Record = Mapping[str, Any]
Flat = dict[str, str]


def read_json(path: Path, layout: JsonLayout, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    """Read a list of records.

    SupplierError: `records_missing`, `record_not_object`, those of `_parsed` and of `matched`.
    """
    records = _listed(_parsed(path, name), layout.records, name)
    rows = [_flat(record, name) for record in _objects(records, name)]
    return _table(rows, frozenset(), wanted, workspace, name)


def read_geojson(path: Path, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    """Read a FeatureCollection: properties, and beside them `geometry`, `longitude` and `latitude` of points.

    A property of such a name stands for itself.
    SupplierError: `geojson_invalid`, `geojson_of_esri`, `crs_unsupported`, `coordinates_projected`,
    `coordinates_swapped`, those of `_parsed` and of `matched`.
    """
    features = _features(_parsed(path, name), name)
    properties, geometries = [], []
    for feature in _objects(features, name):
        properties.append(_flat(_member(feature, "properties", name), name))
        geometries.append(_member(feature, "geometry", name))
    _refuse_strange_numbers(geometries, name)
    places = [_place(geometry, name) for geometry in geometries]
    own = {column for record in properties for column in record}
    computed = frozenset({column for place in places for column in place} - own)
    rows = [{**place, **record} for place, record in zip(places, properties, strict=True)]
    return _table(rows, computed, wanted, workspace, name)


def _features(collection: Any, file: str) -> Sequence[Any]:
    """The features of a collection on WGS 84."""
    if not isinstance(collection, dict):
        raise SupplierError("geojson_invalid", file=file)
    if collection.get("type") != "FeatureCollection":
        raise SupplierError("geojson_of_esri" if _ESRI & collection.keys() else "geojson_invalid", file=file)
    _refuse_other_system(collection.get("crs"), file)
    return _listed(collection, "features", file)


def _parsed(path: Path, file: str) -> Any:
    def refuse_constant(_text: str) -> Never:
        raise SupplierError("json_not_finite", file=file)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            again = Counter(key for key, _ in pairs).most_common(1)[0][0]
            raise SupplierError("json_key_twice", file=file, key=shown(again))
        return found

    try:
        return json.loads(
            path.read_bytes(),
            parse_int=Number,
            parse_float=Number,
            parse_constant=refuse_constant,
            object_pairs_hook=once,
        )
    except json.JSONDecodeError as error:
        raise SupplierError("json_invalid", file=file, line=error.lineno, column=error.colno) from None
    except UnicodeDecodeError:
        raise SupplierError("file_not_text", file=file) from None


def _listed(document: Any, dotted: str | None, file: str) -> Sequence[Any]:
    for step in dotted.split(".") if dotted else ():
        document = document.get(step) if isinstance(document, dict) else None
    if not isinstance(document, list):
        raise SupplierError("records_missing", file=file, path=dotted or HIDDEN)
    return document


def _objects(records: Sequence[Any], file: str) -> Iterator[Record]:
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise SupplierError("record_not_object", file=file, row=number)
        yield record


def _member(feature: Record, key: str, file: str) -> Record:
    member = feature.get(key) or {}
    if not isinstance(member, dict):
        raise SupplierError("geojson_invalid", file=file)
    return member


def _flat(record: Record, file: str) -> Flat:
    """One level of text by dotted path; null is empty text, so that its column is known to be there."""
    flat: Flat = {}
    for path, value in _leaves(record, ""):
        if path in flat:
            raise SupplierError("json_key_twice", file=file, key=shown(path))
        flat[path] = _cell(value)
    return flat


def _leaves(record: Record, above: str) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        path = f"{above}{tidy(key)}"
        if isinstance(value, dict):
            yield from _leaves(value, f"{path}.")
        else:
            yield path, value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Number):
        return value.text if value.text.lstrip("-").isdigit() else NUMBER_MARK + value.text
    return json_text(value)


def json_text(value: Any) -> str:
    """A value as compact JSON, its numbers as the file has them."""
    match value:
        case Number(text):
            return text
        case dict():
            return "{" + ",".join(f"{json_text(key)}:{json_text(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ",".join(map(json_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _table(
    records: Sequence[Flat], computed: frozenset[str], wanted: tuple[Wanted, ...], workspace: Path, file: str
) -> RawTable:
    columns = _columns(records)
    refuse_width(len(columns), file)
    header = Header(first=0, height=0, names=columns)
    return at_rest(_rows(records, columns), header, wanted, Counter(), workspace, computed)


def _columns(records: Iterable[Flat]) -> tuple[str, ...]:
    """All paths in order of appearance, without those that are an object somewhere and null elsewhere."""
    appeared: dict[str, bool] = {}
    for record in records:
        for path, cell in record.items():
            appeared[path] = appeared.get(path, False) or bool(cell)
    above = {path[: at.start()] for path in appeared for at in re.finditer(r"\.", path)}
    return tuple(path for path, filled in appeared.items() if filled or path not in above)


def _rows(records: Iterable[Flat], columns: Sequence[str]) -> Iterator[Row]:
    for number, record in enumerate(records, start=1):
        yield number, [record.get(column, "") for column in columns]


def _place(geometry: Record, file: str) -> Flat:
    """RFC 7946 §3.1: a geometry without coordinates may be taken for none."""
    if not geometry or [] in (geometry.get("coordinates"), geometry.get("geometries")):
        return {}
    place = {GEOMETRY: json_text(geometry)}
    coordinates = geometry.get("coordinates")
    if geometry.get("type") != "Point" or not coordinates:
        return place
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        raise SupplierError("geojson_invalid", file=file)
    return {**place, LONGITUDE: _cell(coordinates[0]), LATITUDE: _cell(coordinates[1])}


def _refuse_other_system(crs: Any, file: str) -> None:
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    stated = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(stated, str) or not _WGS84.fullmatch(stated):
        raise SupplierError("crs_unsupported", file=file)


def _refuse_strange_numbers(geometries: Sequence[Record], file: str) -> None:
    """A file in metres, or with the latitude first, says so by its numbers: most of its places begin with such.

    A few such places are slips of single rows, and are held back with them.
    """
    first = [position for position in map(_first_position, geometries) if position is not None]
    far = sum(abs(east) > LIMITS["longitude"] for east, _ in first)
    if 2 * far > len(first):
        raise SupplierError("coordinates_projected", file=file, rows=far, of=len(first))
    swapped = sum(abs(east) <= LIMITS["latitude"] < abs(north) <= LIMITS["longitude"] for east, north in first)
    if 2 * swapped > len(first):
        raise SupplierError("coordinates_swapped", file=file, rows=swapped, of=len(first))


def _first_position(geometry: Record) -> tuple[float, float] | None:
    inside: Any = [geometry]
    while isinstance(inside, list) and inside and not isinstance(inside[0], Number):
        first = inside[0]
        inside = first.get("coordinates", first.get("geometries")) if isinstance(first, dict) else first
    match inside:
        case [Number(east), Number(north), *_]:
            return float(east), float(north)
    return None


def read_page(path: Path, dotted: str | None, file: str) -> tuple[Any, list[Record]]:
    """A whole answer of an API and the records in it; numbers are `Number`. SupplierErrors as of `read_json`."""
    try:
        document = _parsed(path, file)
    except (RecursionError, ValueError):
        raise SupplierError("file_unreadable", file=file, kind="json") from None
    return document, list(_objects(_listed(document, dotted, file), file))


def standing_at(document: Any, dotted: str) -> tuple[Any, ...]:
    """What stands at a dotted path, alone in a tuple; an empty tuple where the path leads nowhere."""
    for step in dotted.split("."):
        if not isinstance(document, dict) or step not in document:
            return ()
        document = document[step]
    return (document,)

"""Why a cell does not parse, as SQL over the cells that quarantine holds back: sound rows pay nothing for it."""

from typing import Literal

from schemas.contracts import Contract, ContractField
from schemas.tables import quoted
from transforms.casting import coordinates, moments
from transforms.casting.codes import lost_digits
from transforms.casting.numbers import FORMS, NUMERIC_TYPES
from transforms.casting.spelled import ANY_WEEKDAY, without_weekday

Cause = Literal[
    "unit_differs", "number_ambiguous", "digits_lost", "weekday_differs", "date_serial", "coordinates_swapped"
]


def causes(field: ContractField, contract: Contract) -> dict[Cause, str]:
    """The SQL conditions under which a trimmed, faulty cell of the field fails for a cause that we can name.

    The other cells of the row are asked by their fields' names.
    """
    cell = quoted(field.name)
    if field.axis:
        return {"coordinates_swapped": _swapped(contract)} if field.axis == "latitude" else {}
    if field.type in NUMERIC_TYPES:
        worded = f"regexp_matches({cell}, '(?i)[0-9][)]? *[a-z%°²³]|^[(-]?(rp|idr)')"
        return {
            "unit_differs": worded,
            "number_ambiguous": f"regexp_full_match({cell}, '{FORMS['ambiguous']}')",
        }
    if field.type == "date":
        return {"weekday_differs": _on_another_day(cell, field), "date_serial": moments.is_serial(cell)}
    return {"digits_lost": lost_digits(cell)} if field.type == "string" else {}


def coordinate_pair(contract: Contract) -> tuple[str, str] | None:
    """The names of the fields with the latitude and the longitude of a row, where there is one of each."""
    axes = [(field.axis, field.name) for field in contract.staged_fields if field.axis]
    named = dict(axes)
    return (named["latitude"], named["longitude"]) if len(axes) == 2 and len(named) == 2 else None


def _swapped(contract: Contract) -> str:
    """The latitude would be a longitude beyond 90 degrees, as all of Indonesia's are, and the other way round."""
    pair = coordinate_pair(contract)
    if pair is None:
        return "FALSE"
    latitude, longitude = map(quoted, pair)
    return (
        f"abs({coordinates.degrees(latitude, 'longitude')}) BETWEEN 90 AND 180 "
        f"AND abs({coordinates.degrees(longitude, 'latitude')}) <= 90"
    )


def _on_another_day(cell: str, field: ContractField) -> str:
    read = moments.date(without_weekday(cell), field.format)
    return f"(regexp_matches(lower({cell}), '^({ANY_WEEKDAY})[,. ]') AND {read} IS NOT NULL)"

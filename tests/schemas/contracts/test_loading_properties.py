"""Laws of the loader: whatever the text, a model or ContractError, whose every fault can be told."""

from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.contracts import City, Contract
from schemas.contracts.loading import ContractError, load
from schemas.messages import message
from tests.schemas.making import CITY, CONTRACT, codes_of

SCALARS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", "~", "yes", "72.10", "-1", "1e999", "NaN", "2 %", "x %", "2026-02-10", "a" * 300, "\ud800"]),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
)
VALUES = st.recursive(
    SCALARS, lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=8), below, max_size=3)
)
PIECES = st.sampled_from(
    [
        *CONTRACT.splitlines(keepends=True),
        "  ",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        "&a ",
        "*a",
        "!x ",
        "? ",
        "\\",
    ]
)


def loads_or_tells(text: str, model: type[Contract] | type[City]) -> bool:
    """Whether it loads. Anything but a ContractError that both languages can word fails the test."""
    try:
        assert isinstance(load(text, "titik.yaml", model), model)
    except ContractError as error:
        assert error.faults
        for fault in error.faults:
            assert 1 <= fault.line <= len(text.splitlines()) + 1
            assert message(f"fault.{fault.code}", fault.names, "id") != message(
                f"fault.{fault.code}", fault.names, "en"
            )
        return False
    return True


def places(data: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of plain data."""
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [above, *(place for key, value in below for place in places(value, (*above, key)))]


def with_at(data: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The data with another value at a place."""
    if not place:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[place[0]] = with_at(data[place[0]], place[1:], value)
    return copy


def plain(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


PLAIN = {Contract: plain(CONTRACT), City: plain(CITY)}


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_loads_or_is_told(text: str) -> None:
    loads_or_tells(text, Contract)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_heap_of_pieces_of_a_contract_loads_or_is_told(text: str) -> None:
    loads_or_tells(text, Contract)


@given(st.integers(0, len(CONTRACT)), st.integers(0, 20), st.text(max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_slip_of_the_keyboard_loads_or_is_told(start: int, length: int, typed: str) -> None:
    loads_or_tells(CONTRACT[:start] + typed + CONTRACT[start + length :], Contract)


@given(st.data())
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_at_any_place_loads_or_is_told(data: st.DataObject) -> None:
    model = data.draw(st.sampled_from([Contract, City]))
    place = data.draw(st.sampled_from(places(PLAIN[model])))
    changed = with_at(PLAIN[model], place, data.draw(VALUES))
    loads_or_tells(yaml.safe_dump(changed, allow_unicode=True), model)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_key_called_otherwise_is_told(data: st.DataObject) -> None:
    """The contract is closed: no key that is not its own, at any depth, is passed over.

    Without its kind nobody knows which keys a source may have, so there the missing one is told.
    """
    place = data.draw(
        st.sampled_from([place for place in places(PLAIN[Contract]) if place and isinstance(place[-1], str)])
    )
    above = PLAIN[Contract]
    for part in place[:-1]:
        above = above[part]
    renamed = {f"{key}_x" if key == place[-1] else key: value for key, value in above.items()}
    text = yaml.safe_dump(with_at(PLAIN[Contract], place[:-1], renamed))
    told = {"key_unknown_nearest", "key_unknown", "rule_argument_unknown"}
    assert (told if place != ("source", "kind") else {"key_missing"}) & set(codes_of(text))


def test_the_valid_contract_still_loads() -> None:
    """Otherwise the mutations above would prove little."""
    assert loads_or_tells(yaml.safe_dump(PLAIN[Contract]), Contract)
    assert loads_or_tells(yaml.safe_dump(PLAIN[City]), City)

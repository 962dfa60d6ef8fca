"""Redaction is begun while the rules are checked, and hands on nothing before it is asked."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows import runs
from flows.extract import extract
from flows.redact import begun_ahead, redact
from flows.settings import Places
from flows.stage import stage
from schemas.errors import SupplierError
from tests.laws.made_up_city import NOW, moved, registered


def test_a_redaction_that_is_begun_early_is_the_one_that_would_be_made_late(
    published_city: Places, tmp_path: Path
) -> None:
    places = moved(published_city, tmp_path)
    with runs.beginning(places, *registered(places), NOW) as work:
        staged = stage(work, extract(work))
        with begun_ahead(work, staged) as begun:
            early = redact(work, staged, begun)
        told, written = early, early.path.read_bytes()
        assert redact(work, staged) == told
        assert early.path.read_bytes() == written


def test_why_nothing_can_be_redacted_is_told_when_the_table_is_wanted(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    with runs.beginning(places, *registered(places), NOW) as work:
        closed = tuple(field.model_copy(update={"access": "undetermined"}) for field in work.contract.fields)
        nothing = replace(work, contract=work.contract.model_copy(update={"fields": closed}))
        staged = stage(nothing, extract(nothing))
        with begun_ahead(nothing, staged) as begun, pytest.raises(SupplierError) as error:
            redact(nothing, staged, begun)
        assert error.value.code == "nothing_decided"

"""The interface of the complaints application, over real HTTP."""

from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from samples import generate
from samples.reports_api import serving


def test_the_reports_come_over_http_as_they_stand_in_the_folder(inbox: Path) -> None:
    with serving(inbox / generate.REPORTS_FOLDER) as base, urlopen(f"{base}/laporan.json") as answer:
        assert answer.headers.get_content_type() == "application/json"
        assert answer.read() == (inbox / generate.REPORTS).read_bytes()


def test_nothing_answers_after_the_context_is_closed(tmp_path: Path) -> None:
    with serving(tmp_path) as base:
        pass
    with pytest.raises(URLError):
        urlopen(base, timeout=2)


def test_two_services_take_a_port_each(tmp_path: Path) -> None:
    with serving(tmp_path) as one, serving(tmp_path) as other:
        assert one != other

"""The messages that a page prepares for its reader: by which way, and what they already say."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from catalog.site import asking
from catalog.site.channels import ways
from schemas.contracts import LANGUAGES, Language
from tests.catalog.site.made_up import AGGREGATE, RELEASE, city, dataset, fields, release

SUBJECT, BODY = "Baris 1 & 2?", "Dataset: 100 % <b>\nBaris: …\r\nBcc: semua@contoh.go.id"


def offered(*channels: dict[str, str]) -> list[tuple[str, str]]:
    return [(way.title, way.href) for way in ways(city(channels=channels), SUBJECT, BODY, "id")]


def test_without_channels_the_contact_s_mailbox_is_offered() -> None:
    [way] = ways(city(), SUBJECT, BODY, "id")
    assert (way.title, way.href.partition("?")[0]) == ("Surel", "mailto:ppid@contoh.palukota.go.id")
    assert ways(city(contact={"name": "PPID"}), SUBJECT, BODY, "id") == ()


def test_a_letter_holds_what_was_prepared_and_no_header_more() -> None:
    [(_, href)] = offered({"kind": "email", "address": "data@contoh.go.id"})
    assert parse_qs(urlsplit(href).query, strict_parsing=True) == {"subject": [SUBJECT], "body": [BODY]}
    [(_, hostile)] = offered({"kind": "email", "address": "a@b.id?bcc=semua"})
    assert "bcc" not in parse_qs(urlsplit(hostile).query)


def test_a_form_is_filled_in_where_it_says_so() -> None:
    [(title, href)] = offered(
        {"kind": "form", "title": "Formulir PPID", "address": "https://contoh.go.id/f?judul={subject}&isi={body}#atas"}
    )
    assert title == "Formulir PPID"
    assert parse_qs(urlsplit(href).query) == {"judul": [SUBJECT], "isi": [BODY]}
    assert offered({"kind": "lapor", "address": "https://www.lapor.go.id/"}) == [
        ("SP4N-LAPOR!", "https://www.lapor.go.id/")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_names_dataset_release_and_permanent_address(language: Language) -> None:
    _, body = asking.report(city(), release(), language)
    page = "en/datasets" if language == "en" else "palu/datasets"
    for said in ("(titik-parkir)", RELEASE, f"{page}/titik-parkir/index.html?rilis={RELEASE}#lapor", asking.TO_FILL_IN):
        assert said in unquote(body)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        pytest.param({}, ("kode_titik",), id="an open key"),
        pytest.param(AGGREGATE, (), id="groups instead of rows"),
        pytest.param(
            {"fields": [*fields()[1:], {**fields()[0], "access": "undetermined"}]}, (), id="a key that is withheld"
        ),
    ],
)
def test_a_row_is_named_by_what_the_public_sees(changes: dict[str, object], key: tuple[str, ...]) -> None:
    assert dataset(**changes).public_key == key

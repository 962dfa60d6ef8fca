"""Help pages and what is said of a command that was typed wrongly: in the reader's language, every word of it."""

import sys
from collections.abc import Callable

import pytest

from flows.commands import VERBS, _loaded, main
from flows.commands.helping import said

Said = Callable[..., tuple[str, str]]
OWN_PAGES = sorted(set(VERBS) - {"prefect"})
"""`palu prefect --help` hands over to Prefect, which speaks English alone."""
LIBRARY_WORDS = (
    *("Usage", "Options", "Arguments", "Commands", "Show this", "OPTIONS", "COMMAND", "ARGS", "FILE", "required"),
    *("default", "Missing", "No such", "Invalid", "Try ", "Error", "Aborted", "Got unexpected", " the ", "<path>"),
)
"""What Typer and Click say of themselves, and words that no Indonesian sentence holds."""
TYPED_WRONGLY = [
    pytest.param(("look",), "BERKAS belum disebutkan", "FILE was not", id="an argument is missing"),
    pytest.param(("withdraw", "x"), "--reason belum disebutkan", "--reason was not", id="an option is missing"),
    pytest.param(("serve", "--port", "abc"), "Isi --port tidak", "--port", id="a value of another kind"),
    pytest.param(("serve", "--port", "99999"), "Isi --port tidak", "--port", id="a value out of bounds"),
    pytest.param(
        ("look", "a", "b"), "Perintah ini tidak dapat dijalankan", "palu look --help", id="an argument too many"
    ),
    pytest.param(("look", "a", "--kolom"), "Pilihan --kolom tidak dikenal", "--kolom", id="an unknown option"),
    pytest.param(("--kolom",), "Pilihan --kolom tidak dikenal", "--kolom", id="an unknown option of palu"),
    pytest.param(("publish", "--city"), "Isi --city tidak", "--city", id="an option without its value"),
    pytest.param(("list", "--kolom"), "Pilihan --kolom tidak dikenal", "--kolom", id="of the verb called as a builtin"),
    pytest.param(("terbitkan",), "Perintah terbitkan tidak dikenal", "terbitkan", id="an unknown verb"),
]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """What `palu` with these words says on standard output and standard error."""

    def said_by(*words: str, language: str = "id") -> tuple[str, str]:
        monkeypatch.setenv("PALU_LANG", language)
        monkeypatch.setattr(sys, "argv", ["palu", *words])
        with pytest.raises(SystemExit):
            main()
        return tuple(capsys.readouterr())  # type: ignore[return-value]

    return said_by


def foreign(text: str) -> list[str]:
    return [word for word in LIBRARY_WORDS if word in text]


@pytest.mark.parametrize("words", [(), *((verb,) for verb in OWN_PAGES)], ids=lambda words: " ".join(words) or "palu")
def test_every_help_page_is_indonesian_unless_english_is_asked_for(words: tuple[str, ...], run: Said) -> None:
    page, nothing = run(*words, "--help")
    assert (foreign(page), nothing) == ([], "")
    assert page.startswith(f"Cara pakai: {' '.join(('palu', *words))} ")
    assert "\nPilihan:\n" in page and "--lang id|en" in page
    english, _ = run(*words, "--help", language="en")
    assert english.startswith("Usage: palu") and "\nOptions:\n" in english and "  Show this page." in english


@pytest.mark.parametrize(("words", "indonesian", "english"), TYPED_WRONGLY)
def test_a_command_typed_wrongly_is_told_so_in_the_readers_language(
    words: tuple[str, ...], indonesian: str, english: str, run: Said
) -> None:
    nothing, text = run(*words)
    assert (foreign(text), nothing) == ([], "")
    assert text.startswith(indonesian)
    assert "\nSaran: Lihat" in text and "palu" in text.splitlines()[-1]
    _, text = run(*words, language="en")
    assert english in text and "\nHint: " in text


def test_everything_that_can_be_typed_is_explained_in_both_languages() -> None:
    parameters = [(verb, one) for verb in OWN_PAGES for one in _loaded(verb).params]
    assert len(parameters) > 30
    for verb, one in parameters:
        assert one.help.count(" / ") == 1, (verb, one.name)
        assert one.metavar or one.is_flag, (verb, one.name)


@pytest.mark.parametrize(("language", "half"), [("id", "KOTA"), ("en", "CITY")])
def test_of_a_text_in_two_languages_the_readers_half_is_shown(
    language: str, half: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALU_LANG", language)
    assert (said("KOTA / CITY"), said("FOLDER"), said(None)) == (half, "FOLDER", "")


def test_an_argument_that_may_stay_out_is_in_brackets_and_a_value_that_is_taken_unasked_is_named(run: Said) -> None:
    assert "palu publish [PILIHAN] [DATASET]...\n" in run("publish", "--help")[0]
    assert "palu look [PILIHAN] BERKAS\n" in run("look", "--help")[0]
    assert "[baku: 8000]" in run("serve", "--help")[0]
    assert "Alasan, dibaca publik. [wajib]" in run("withdraw", "--help")[0]

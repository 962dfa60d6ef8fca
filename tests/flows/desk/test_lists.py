"""What the officer of a dataset is told row by row: a page and a workbook that show open cells, and no other."""

import io
import os
import stat
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from flows import private
from flows.commands.telling import tell_outcome
from flows.journey import Outcome
from flows.settings import Places
from schemas import failing
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    EXEMPTION,
    NOW,
    approved,
    contract,
    deliver,
    found_city,
    travelled,
)

SECRETS = ("7271014708450001", "rahasia", "tiga puluh", "72710112")
HEADER = "kode,nama,kapasitas,nik,umur\n"
FAULTY = HEADER + (
    "TP-001,=cmd|' /C calc'!A0,20,7271014708450001,30\n"
    "TP-002,<script>alert(1)</script>,dua puluh,rahasia,tiga puluh\n"
    "TPX,+1,50,7271014708450001,30\n"
    "TP-001,@kembar,7,7271014708450001,30\n"
    "TP-005,sudah,7271014708450001\n"
    ",-2+3,8,7271014708450001,30\n"
)
SOUND = HEADER + "TP-001,Pasar,20,7271014708450001,30\nTP-002,Taman,35,7271011203850002,41\n"


def of_age(**changes: Any) -> dict[str, Any]:
    """The sound contract with an exempt number beside the identity number."""
    one = contract(quarantine={"at_most": "100 %", "because": "Uji."}, **changes)
    exempt = {"title": "Umur", "type": "integer", "access": "exempt", "exemption": EXEMPTION}
    one["fields"].append({"name": "umur", "constraints": {"maximum": "120"}, **exempt})
    return one


def lists(places: Places) -> tuple[Path, Path]:
    return private.mending_lists(places.private, CITY_ID, DATASET)


@pytest.fixture(scope="module")
def held_back(tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, Outcome]:
    places = approved(found_city(tmp_path_factory.mktemp("kota"), of_age(), rows=FAULTY))
    return places, travelled(places)


@pytest.fixture(scope="module")
def book(held_back: tuple[Places, Outcome]) -> dict[str, list[list[Any]]]:
    """The cells of each sheet."""
    file = openpyxl.load_workbook(io.BytesIO(lists(held_back[0])[1].read_bytes()))
    return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in file}


@pytest.fixture(scope="module")
def page(held_back: tuple[Places, Outcome]) -> str:
    return lists(held_back[0])[0].read_text(encoding="utf-8")


def texts(rows: list[list[Any]]) -> list[list[str]]:
    return [[cell.value or "" for cell in row] for row in rows]


def test_every_fault_is_a_line_with_its_row_its_column_and_what_stands_there(
    held_back: tuple[Places, Outcome], book: dict[str, list[list[Any]]]
) -> None:
    assert held_back[1].end == "held_back"
    head, *lines = texts(book["Perbaiki"])
    assert head[0] == "Baris"
    assert [(line[0], line[2], line[3]) for line in lines] == [
        ("2", "kode", "TP-001"),
        ("3", "kapasitas", "dua puluh"),
        ("3", "umur", "kolom tertutup"),
        ("4", "kode", "TPX"),
        ("5", "kode", "TP-001"),
        ("6", "Seluruh baris", ""),
        ("7", "kode", ""),
    ]
    assert all(line[4] and line[8] for line in lines)


def test_a_line_says_what_is_wrong_and_shows_what_is_right(book: dict[str, list[list[Any]]]) -> None:
    by_place = {(line[0], line[2]): line for line in texts(book["Perbaiki"])}
    assert by_place["4", "kode"][4:7] == [
        "Penulisan isi sel ini tidak mengikuti pola.",
        "Teks; wajib diisi; mengikuti pola TP-[0-9]{3}",
        "TP-111",
    ]
    assert "sama" in by_place["5", "kode"][4]
    assert "kosong" in by_place["7", "kode"][4]
    assert by_place["3", "kapasitas"][6] == "12"
    assert {line[8] for line in texts(book["Perbaiki"])[1:]} == {"Produsen data"}


def test_no_cell_of_the_workbook_is_a_formula(book: dict[str, list[list[Any]]]) -> None:
    cells = [cell for sheet in book.values() for row in sheet for cell in row if cell.value is not None]
    begun = [cell.value for cell in cells if str(cell.value)[0] in "=+-@"]
    assert begun == ["=cmd|' /C calc'!A0", "+1", "@kembar", "-2+3"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert all(cell.quotePrefix for cell in cells)


def test_the_rows_themselves_are_shown_and_the_wrong_cells_marked(book: dict[str, list[list[Any]]]) -> None:
    rows = book["Baris"]
    assert texts(rows)[0] == ["Baris", "kode", "nama", "kapasitas"]
    assert texts(rows)[2] == ["3", "TP-002", "<script>alert(1)</script>", "dua puluh"]
    assert texts(rows)[5] == ["6", "", "", ""]
    marked = [(row[0].value, cell.column) for row in rows for cell in row if cell.fill.fgColor.rgb == "00FFF2B3"]
    assert marked == [("2", 2), ("3", 4), ("4", 2), ("5", 2), ("7", 2)]


def test_the_guide_tells_what_every_column_holds_and_how_to_send_the_file_again(
    book: dict[str, list[list[Any]]],
) -> None:
    said = texts(book["Petunjuk"])
    assert any("kirim lagi" in row[0] for row in said)
    assert any(row[0].startswith("6 baris dibaca, 2 di antaranya dikarantina; 7 kesalahan") for row in said)
    assert [row[0] for row in said[-5:]] == ["kode", "nama", "kapasitas", "nik", "umur"]


def test_no_exempt_cell_stands_in_the_page_or_the_workbook(book: dict[str, list[list[Any]]], page: str) -> None:
    told = page + "".join(str(cell.value) for sheet in book.values() for row in sheet for cell in row)
    assert "dua puluh" in told
    assert [secret for secret in SECRETS if secret in told] == []


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the texts between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data.strip())


def test_the_page_runs_nothing_and_fetches_nothing(page: str) -> None:
    elements = Elements(page)
    tags = [tag for tag, _ in elements.found]
    assert len(tags) > 100
    assert not {"script", "img", "link", "iframe", "form"} & set(tags)
    addresses = {value for _, given in elements.found for name, value in given.items() if name in ("href", "src")}
    assert addresses == {f"../{CITY_ID}.html", f"{DATASET}.xlsx"}
    assert "<script>alert(1)</script>" in elements.said
    [policy] = [given["content"] for tag, given in elements.found if given.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_the_page_says_the_same_as_the_workbook(page: str) -> None:
    said = Elements(page).said
    assert [text for text in said if text.startswith("Baris ") and text[6:].isdigit()] == [
        f"Baris {number}" for number in range(2, 8)
    ]
    assert "(kosong)" in said


def test_the_lists_are_for_their_owner_alone(held_back: tuple[Places, Outcome]) -> None:
    modes = [stat.S_IMODE(file.stat().st_mode) for file in lists(held_back[0])]
    assert modes == [0o600, 0o600]
    assert stat.S_IMODE(lists(held_back[0])[0].parent.stat().st_mode) == 0o700


def test_the_command_names_the_page_and_the_workbook(
    held_back: tuple[Places, Outcome], capsys: pytest.CaptureFixture[str]
) -> None:
    tell_outcome(*held_back)
    said = capsys.readouterr().out
    assert all(str(file) in said for file in lists(held_back[0]))
    assert "kirim ulang" in said


def test_a_file_that_is_right_leaves_no_list(held_back: tuple[Places, Outcome], tmp_path: Path) -> None:
    places = found_city(tmp_path, of_age(), rows=FAULTY)
    assert travelled(approved(places)).end == "held_back"
    assert all(file.exists() for file in lists(places))
    deliver(places, SOUND)
    assert travelled(places).end == "published"
    assert not any(file.exists() for file in lists(places))


def test_rows_beyond_the_longest_list_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failing, "MOST_FAULTS", 3)
    places = approved(found_city(tmp_path, of_age(), rows=FAULTY))
    assert travelled(places).end == "held_back"
    page_file, book_file = lists(places)
    lines = texts([list(row) for row in openpyxl.load_workbook(book_file)["Perbaiki"].iter_rows()])
    assert [line[0] for line in lines[1:-1]] == ["2", "3", "3"]
    assert lines[-1][0].startswith("Masih ada 4 kesalahan lain")
    assert "4 kesalahan selebihnya" in page_file.read_text()


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (
            {"expect": "expect_table_row_count_to_be_between", "with": {"min_value": 5}, "because": "Ada lima titik."},
            "Jumlah baris berada dalam rentang yang ditetapkan (paling kecil 5).",
        ),
        (
            {
                "expect": "expect_column_values_to_match_regex",
                "with": {"column": "nama", "regex": "(a{900}){900}"},
                "because": "Uji.",
            },
            "penyusun kontrak perlu memperbaikinya",
        ),
    ],
    ids=["a rule over the table", "a rule that cannot be checked"],
)
def test_a_rule_without_rows_stands_above_them(tmp_path: Path, rules: dict[str, Any], said: str) -> None:
    places = approved(found_city(tmp_path, of_age(rules=[rules]), rows=SOUND))
    assert travelled(places).end == "held_back"
    page = lists(places)[0].read_text()
    assert said in page
    assert "Seluruh tabel" in page
    assert "Baris yang perlu diperbaiki" not in page


def test_a_list_is_kept_no_longer_than_a_snapshot(tmp_path: Path) -> None:
    places = approved(found_city(tmp_path, of_age(retention={"snapshots": "P10D"}), rows=SOUND.replace("35", "x")))
    assert travelled(places).end == "published"
    assert all(file.exists() for file in lists(places))
    long_ago = (NOW - timedelta(days=11)).timestamp()
    for file in lists(places):
        os.utime(file, (long_ago, long_ago))
    assert travelled(places).end == "unchanged"
    assert not any(file.exists() for file in lists(places))

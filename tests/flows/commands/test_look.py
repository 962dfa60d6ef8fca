"""`palu look`: what is seen in a file, in the reader's language, and its rows as CSV for whoever wants to check."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from tests.flows.commands.running import ENGLISH_WORDS, palu

MESSY = 'DINAS PASAR;;\n;;\nKode;Nama;Tarif\n0721;"Pasar; lama";2.000,5\n0722;Taman;1.500,25\n;;\nSumber: Dinas\n'


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "tarif pasar.csv"
    path.write_bytes(MESSY.encode("cp1252"))
    return path


def test_a_file_is_shown_in_indonesian_without_a_foreign_word(messy: Path) -> None:
    ran = palu("look", messy)
    assert (ran.code, ran.err) == (0, "")
    assert "Tabel 1: 2 baris, 3 kolom" in ran.out
    assert "Judul kolom di baris 3." in ran.out
    assert "Dilewati, Baris kosong: 2 baris (2, 6)." in ran.out
    kode, tarif = (
        next(line for line in ran.out.splitlines() if line.startswith(f" {name} ")) for name in ("Kode", "Tarif")
    )
    assert "Teks" in kode and "0721" in kode
    assert "Bilangan desimal, desimal dengan koma" in tarif
    assert not any(word in ran.out for word in ENGLISH_WORDS)


def test_english_is_spoken_when_asked_for(messy: Path) -> None:
    assert "Header in row 3." in palu("look", messy, "--lang", "en").out


def test_the_rows_are_written_as_they_are_read_and_the_others_beside_them(messy: Path, tmp_path: Path) -> None:
    ran = palu("look", "--csv", "--skipped", tmp_path / "lewat.csv", messy)
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert rows == [["Kode", "Nama", "Tarif"], ["0721", "Pasar; lama", "2.000,5"], ["0722", "Taman", "1.500,25"]]
    assert (ran.code, ran.err.splitlines()[0]) == (0, "2 baris ditulis, 4 baris dilewati.")
    skipped = list(csv.reader((tmp_path / "lewat.csv").open(encoding="utf-8")))
    assert skipped[0] == ["baris", "alasan", "sel"]
    assert [(row[0], row[2]) for row in skipped[1:]] == [
        ("1", "DINAS PASAR"),
        ("2", ""),
        ("6", ""),
        ("7", "Sumber: Dinas"),
    ]


def test_another_table_is_chosen_by_its_place_and_is_missed_in_neither(tmp_path: Path) -> None:
    path = tmp_path / "dua.csv"
    path.write_text("Kode,Nilai\nA,1\nB,2\n\nKode,Nilai\nC,3\n")
    first, second = palu("look", "--csv", path), palu("look", "--csv", "--sheet", "2", path)
    assert (first.out, second.out) == ("Kode,Nilai\nA,1\nB,2\n", "Kode,Nilai\nC,3\n")
    assert first.err.startswith("2 baris ditulis, 3 baris dilewati.")
    assert "Tabel lain dalam berkas ini: 2." in first.err


def test_an_empty_file_has_no_table_and_that_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "kosong.csv").touch()
    ran = palu("look", "--csv", tmp_path / "kosong.csv")
    assert (ran.code, ran.out) == (0, "")
    assert "tidak ada tabel" in ran.err


@pytest.mark.parametrize(
    ("words", "content", "code", "told"),
    [
        pytest.param(["tidak-ada.csv"], None, 2, "tidak ada", id="no such file"),
        pytest.param(["a.csv", "--sheet", "9"], b"A,B\n1,2\n", 2, "Yang ada: 1", id="no such table"),
        pytest.param(["a.csv", "--skipped", "b.csv"], b"A,B\n1,2\n", 2, "--csv", id="skipped rows without --csv"),
        pytest.param(["a.csv", "--csv", "--skipped", "x/y/b.csv"], b"A,B\n1,2\n", 3, "x/y/b.csv", id="no such folder"),
        pytest.param(["a.xlsx"], b"PK\x03\x04", 1, "a.xlsx", id="a damaged workbook"),
        pytest.param(["a.bin"], b"\x00\x01\x02", 1, "a.bin", id="no text"),
    ],
)
def test_what_cannot_be_shown_is_said_with_what_to_do(
    tmp_path: Path, words: list[str], content: bytes | None, code: int, told: str
) -> None:
    named = [str(tmp_path / word) if "." in word and not word.startswith("-") else word for word in words]
    if content is not None:
        Path(named[0]).write_bytes(content)
    ran = palu("look", *named)
    assert ran.code == code
    assert told in ran.err
    assert "Saran:" in ran.err
    assert "Traceback" not in ran.err


def test_nothing_of_the_file_stays_behind(messy: Path, tmp_path: Path) -> None:
    (tmp_path / "sementara").mkdir()
    assert palu("look", messy, TMPDIR=str(tmp_path / "sementara")).code == 0
    assert list((tmp_path / "sementara").iterdir()) == []


def test_an_archive_is_looked_into_and_of_several_files_one_is_named(tmp_path: Path, messy: Path) -> None:
    archive = tmp_path / "kiriman.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(messy, "tarif.csv")
    assert "Tabel 1: 2 baris, 3 kolom" in palu("look", archive).out
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("lain.csv", "a;b\n1;2\n")
    ran = palu("look", archive)
    assert (ran.code, "berisi beberapa berkas: lain.csv, tarif.csv" in ran.err, "--member" in ran.err) == (
        1,
        True,
        True,
    )
    assert "Tabel 1: 1 baris, 2 kolom" in palu("look", archive, "--member", "lain.csv").out

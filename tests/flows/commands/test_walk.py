"""From an unknown file to a release at a terminal: the README's officer path, and an archive as another office sends it.

What is typed next is what stands on the screen or in the README, to the letter.
"""

import re
import shlex
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from catalog import layout
from flows.settings import Places
from tests.flows.commands.running import Ran, at_a_terminal
from tests.laws.made_up_city import CITY_ID, found_city, travelled

README = (Path(__file__).resolve().parents[3] / "README.md").read_text(encoding="utf-8")
PATHS = [block for block in re.findall(r"```text\n(.*?)```", README, re.DOTALL) if "palu new" in block]
FOREIGN = re.compile(r"\b(the|and|of|is|are|not|with|for|from|this|error|warning|usage|please|none|true|false)\b", re.I)
NIK = "7271014708450001"
Dialogue = list[tuple[str, str]]

WHAT_IT_IS: Dialogue = [
    ("Apakah judul kolom", "ya\n"),
    ("Judul dataset", "\n"),
    ("Nama dalam alamat web", "\n"),
    ("Keterangan singkat", "\n"),
    ("Tema", "\n"),
    ("Seberapa sering", "\n"),
    ("Lisensi", "\n"),
    ("Kantor yang dapat", "\n"),
]
COPY: Dialogue = [("Salin ke", "ya\n")]
OPEN: Dialogue = [("Tampilkan sampai", "tidak\n"), ("Keputusan", "1\n")]
EXEMPT: Dialogue = [
    ("Tampilkan sampai", "ya\n"),
    ("Keputusan", "2\n"),
    ("Dasar hukum", "8\n"),
    ("Nomor keputusan", "PPID/7/2026\n"),
    ("Jabatan", "PPID Utama\n"),
    ("Tanggal keputusan", "\n"),
    ("Berlaku sampai", "\n"),
    ("Alasan yang dibaca", "\n"),
    ("Akibat bila dibuka", "Orangnya dikenali\n"),
    ("Manfaat bila ditutup", "Orangnya terlindungi\n"),
    ("Cara menutup", "\n"),
]
APPROVE: Dialogue = [("Setujui agar", "ya\n"), ("Nama pejabat", "Budi Contoh\n"), ("Jabatan", "PPID Utama\n")]


def workbook(folder: Path) -> None:
    """Letterhead, a header merged over two rows, a numbering row, amounts in words, a sum, a signature."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["DINAS PERHUBUNGAN KOTA PALU"],
        [],
        ["No", "Kode Lampu", "Biaya", None, "NIK Petugas"],
        [None, None, "Pasang", "Rawat", None],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        *([at, f"LP-{at:03}", f"Rp {at}.250.000,-", f"Rp {at}50.000,-", NIK] for at in range(1, 6)),
        [None, "Jumlah", "Rp 16.250.000,-", "Rp 2.250.000,-"],
        [],
        [None, None, None, "Palu, 2 Maret 2026"],
    ):
        sheet.append(row)
    for merged in ("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4"):
        sheet.merge_cells(merged)
    book.save(folder / "lampu jalan.xlsx")


def archive(folder: Path) -> None:
    """A CSV as Excel exports it here, beside a letter."""
    days = enumerate(("Senin", "Selasa", "Rabu", "Kamis", "Jumat"), start=1)
    rows = "".join(f"{at};{day}, {6 + at}/3/2022;Terminal Tipo § {at};{at},5\r\n" for at, day in days)
    with zipfile.ZipFile(folder / "penumpang.zip", "w") as file:
        file.writestr("ekspor/harian.csv", f"No;Tanggal;Terminal;Ribuan Orang\r\n{rows}".encode("cp1252"))
        file.writestr("surat.pdf", b"%PDF-1.4")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Places, Path]]:
    """A city without these datasets, and the folder in which the officer sits."""
    root = tmp_path_factory.mktemp("kota")
    (root / "kiriman").mkdir()
    workbook(root / "kiriman")
    archive(root / "kiriman")
    yield found_city(root), root


def typed(desk: tuple[Places, Path], command: str, dialogue: Dialogue) -> Ran:
    """The command as it stands somewhere, at a terminal; what it says is Indonesian and it ends well."""
    places, folder = desk
    _, *words = shlex.split(command)
    ran = at_a_terminal(*words, places=places, dialogue=dialogue, folder=folder)
    assert ran.code == 0, ran.out
    said = re.sub(r"\S*/\S*", "", ran.out)  # addresses of files are nobody's words
    assert FOREIGN.findall(said) == []
    return ran


def command_of(verb: str, ran: Ran) -> str:
    """The one command with this verb that stands on a screen, ready to be copied."""
    [found] = re.findall(rf'palu {verb} \S+ --city \w+|palu {verb} "[^"]+"', ran.out)
    return str(found)


def released(desk: tuple[Places, Path], dataset: str) -> list[str]:
    return (desk[0].public / layout.latest(CITY_ID, dataset) / f"{dataset}.csv").read_text().splitlines()


def test_the_path_of_the_readme_leads_from_a_workbook_to_a_release(desk: tuple[Places, Path]) -> None:
    [path] = PATHS
    new, decide, check, approve, publish, template = path.splitlines()
    ran = typed(desk, new, [*WHAT_IT_IS, *COPY])
    assert "calon dikecualikan: mungkin NIK" in ran.out
    assert [command_of(verb, ran) for verb in ("decide", "check", "approve", "publish")] == [
        decide,
        check,
        approve,
        publish,
    ]
    ran = typed(desk, decide, [("Nama pejabat", "Budi Contoh\n"), *OPEN, *OPEN, *OPEN, *EXEMPT])
    assert "Perhatikan: calon dikecualikan: mungkin NIK" in ran.out
    assert command_of("approve", ran) == approve
    assert command_of("publish", typed(desk, check, [])) == publish
    assert command_of("publish", typed(desk, approve, APPROVE)) == publish
    assert "terbit, 5 baris" in typed(desk, publish, []).out
    assert released(desk, "lampu-jalan")[:2] == ["kode_lampu,biaya_pasang,biaya_rawat", "LP-001,1250000,150000"]
    typed(desk, template, [])
    assert (desk[1] / "templat-lampu-jalan.xlsx").is_file()


def test_the_screen_leads_from_an_archive_to_a_release(desk: tuple[Places, Path]) -> None:
    new = command_of("new", typed(desk, 'palu look "kiriman/penumpang.zip"', []))
    ran = typed(desk, new, [*WHAT_IT_IS[:2], ("Dinas (produsen data)", "\n"), *WHAT_IT_IS[2:], *COPY])
    assert "Berkas di dalam arsip: ekspor/harian.csv." in ran.out
    ran = typed(desk, command_of("decide", ran), [("Nama pejabat", "Budi Contoh\n"), *OPEN, *OPEN, *OPEN])
    ran = typed(desk, command_of("approve", ran), APPROVE)
    assert command_of("publish", ran) == "palu publish penumpang --city palu"
    assert travelled(desk[0], "penumpang").end == "published"  # in this process: Prefect takes ten seconds to start
    assert released(desk, "penumpang")[:2] == ["tanggal,terminal,ribuan_orang", "2022-03-07,Terminal Tipo § 1,1.5"]

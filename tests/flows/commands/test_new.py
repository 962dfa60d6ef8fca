"""`palu new`: an officer who does not program goes from an unknown workbook to a release, and reads Indonesian alone."""

from pathlib import Path

import openpyxl
import pytest

from flows.settings import Places
from schemas.registry import load_contract
from tests.flows.commands.running import ENGLISH_WORDS, Ran, at_a_terminal, palu
from tests.laws.made_up_city import CITY_ID, approved, current_release, found_city, registered, travelled

NEW = "lampu-jalan"
NAME = "Siti Aminah"
HEADERS = ["No", "Kode Lampu", "Kecamatan", "Daya (Watt)", "Nama Petugas", "Skor"]
ROWS = [
    [number, f"LP-{number:03}", ("Ulujadi", "Tatanga")[number % 2], 60 + number, f"{NAME} {number}", f"{number}.250"]
    for number in range(1, 13)
]
OPEN, EXEMPT = "1", ("2", "8", "KEP/7", "PPID Utama", "2026-02-10", "", "", "Dikenali", "Terlindungi", "1")


def workbook(folder: Path, name: str = "lampu jalan.xlsx", columns: int = len(HEADERS)) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["DINAS PERHUBUNGAN"], [], HEADERS, *ROWS, [None, "Jumlah Ulujadi", None, 798]):
        sheet.append(row[:columns])
    folder.mkdir(exist_ok=True)
    book.save(folder / name)
    return folder / name


def contract_of(places: Places) -> Path:
    return places.contracts / CITY_ID / "dishub" / f"{NEW}.yaml"


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, Ran]:
    """A city after `palu new --yes`, without the column that can be read in two ways."""
    root = tmp_path_factory.mktemp("kota")
    places = found_city(root)
    return places, palu("new", workbook(root / "kiriman", columns=5), "--yes", places=places)


def test_a_draft_in_one_go_stands_where_it_belongs_and_opens_nothing(drafted: tuple[Places, Ran]) -> None:
    places, ran = drafted
    assert (ran.code, ran.err) == (0, "")
    contract = load_contract(contract_of(places))
    assert contract.public_fields == ()
    assert contract.primaryKey == ("kode_lampu",)
    assert contract.field("kecamatan").constraints.enum == ("Tatanga", "Ulujadi")
    assert (places.inbox / "palu/dishub/lampu jalan.xlsx").is_file()
    assert (places.inbox.parent / "kiriman" / f"templat-{NEW}.xlsx").is_file()


def test_the_officer_is_told_what_was_seen_and_what_comes_next(drafted: tuple[Places, Ran]) -> None:
    _, ran = drafted
    assert "lampu jalan.xlsx: 12 baris data, 4 kolom." in ran.out
    assert "Calon informasi yang dikecualikan: Nama Petugas." in ran.out
    assert "Dicoba pada berkas ini: 12 baris terbaca, 0 di antaranya ditahan" in ran.out
    for verb in ("decide", "check", "approve", "publish"):
        assert f"palu {verb} {NEW} --city palu" in ran.out
    assert [word for word in ENGLISH_WORDS if word in ran.out] == []


def test_no_cell_stands_on_the_screen_or_in_the_contract_but_for_closed_lists(drafted: tuple[Places, Ran]) -> None:
    places, ran = drafted
    said = ran.out + ran.err + contract_of(places).read_text(encoding="utf-8")
    assert NAME not in said and "LP-0" not in said


def test_from_the_draft_to_a_release(drafted: tuple[Places, Ran]) -> None:
    places, _ = drafted
    early = travelled(places, NEW)
    assert early.error is not None and early.error.code == "nothing_decided"
    answers = "".join(f"{line}\n" for line in ("Budi Contoh", OPEN, OPEN, OPEN, *EXEMPT))
    decided = palu("decide", NEW, places=places, answers=answers)
    assert (decided.code, "Dalam data: 12 baris" in decided.out) == (0, True)  # and not the sum below them
    outcome = travelled(approved(places, NEW), NEW)
    assert (outcome.end, outcome.rows) == ("published", 12)
    assert [field.name for field in registered(places, NEW)[1].public_fields] == ["kode_lampu", "kecamatan", "daya"]
    assert current_release(places, NEW) is not None


def test_the_wizard_asks_and_writes_what_was_answered(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    dialogue = [
        ("Apakah judul kolom", "ya\n"),
        ("Judul dataset", "Lampu jalan kota\n"),
        ("Dinas (produsen data)", "\n"),
        ("Nama dalam alamat web", "Lampu Jalan\n"),
        ("huruf kecil", f"{NEW}\n"),
        ("Keterangan singkat", "\n"),
        ("Tema", "13\n"),
        ("Seberapa sering", "6\n"),
        ("Lisensi", "\n"),
        ("Kantor yang dapat", "\n"),
        ("Kolom Kecamatan hanya berisi: Tatanga, Ulujadi", "tidak\n"),
        ("Kolom Skor: cara", "1\n"),
        ("Salin ke", "ya\n"),
    ]
    ran = at_a_terminal("new", workbook(tmp_path / "kiriman"), places=places, dialogue=dialogue)
    assert ran.code == 0, ran.out
    contract = load_contract(contract_of(places))
    assert (contract.title.id, contract.theme) == ("Lampu jalan kota", "TRAN")
    assert contract.update is not None and contract.update.frequency == "ANNUAL"
    assert contract.field("kecamatan").constraints.enum is None
    assert (contract.field("skor").decimalChar, contract.field("skor").groupChar) == (",", ".")
    assert "12 baris terbaca, 0 di antaranya ditahan" in ran.out
    assert [word for word in ENGLISH_WORDS if word in ran.out] == []


def test_hidden_rows_are_read_where_the_officer_says_that_they_are_data(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    file = workbook(tmp_path / "kiriman", columns=5)
    book = openpyxl.load_workbook(file)
    book.worksheets[0].row_dimensions[5].hidden = True
    book.save(file)
    dialogue = [("Yang disembunyikan itu", "2\n"), ("Apakah judul kolom", "tidak\n")]
    ran = at_a_terminal("new", file, places=places, dialogue=dialogue)
    assert "1 baris disembunyikan" in ran.out
    assert (ran.code, "12 baris data, 4 kolom" in ran.out) == (1, True)
    assert not contract_of(places).exists()


def test_without_anybody_to_ask_what_can_be_read_in_two_ways_is_held_back(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    file = workbook(places.inbox)
    ran = palu("new", file, "--yes", "--id", NEW, places=places)
    assert ran.code == 0
    assert "12 sel bermakna ganda" in ran.out
    assert "12 baris terbaca, 12 di antaranya ditahan" in ran.out
    assert load_contract(contract_of(places)).source.location == file.name  # type: ignore[union-attr]
    assert [path.name for path in places.inbox.rglob("*.xlsx")] == [file.name]  # no copy, and no template there
    assert f"palu template {NEW} --city palu" in ran.out


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        pytest.param((), 2, "palu new bertanya di terminal", id="nobody to ask"),
        pytest.param(("--yes", "--city", "donggala"), 2, "Kota donggala tidak ada", id="an unknown city"),
        pytest.param(("--yes", "--department", "dinkes"), 2, "Yang terdaftar: dishub.", id="an unknown department"),
        pytest.param(("--yes", "--id", "titik-uji"), 2, "Dataset titik-uji sudah ada", id="a name that is taken"),
        pytest.param(("--yes", "--sheet", "Februari"), 2, 'lembar atau tabel "Februari"', id="an unknown sheet"),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(
    words: tuple[str, ...], code: int, sentence: str, tmp_path: Path
) -> None:
    places = found_city(tmp_path)
    ran = palu("new", workbook(tmp_path / "kiriman"), *words, places=places)
    assert (ran.code, sentence in ran.err) == (code, True), ran.err
    assert not contract_of(places).exists()
    assert list(places.inbox.rglob("*.xlsx")) == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    before = places.inbox / "palu/dishub/lampu jalan.xlsx"
    before.parent.mkdir(parents=True)
    before.write_bytes(b"another file")
    ran = palu("new", workbook(tmp_path / "kiriman"), "--yes", places=places)
    assert (ran.code, before.read_bytes()) == (2, b"another file")
    assert "sudah ada dan tidak ditimpa" in ran.err
    assert not contract_of(places).exists()


def test_the_template_of_a_dataset_is_made_once(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    file = tmp_path / "templat.xlsx"
    ran = palu("template", "titik-uji", "--into", file, places=places)
    assert (ran.code, ran.err) == (0, "")
    assert "(4 kolom)" in ran.out and "membaca sumber jenis csv" in ran.out
    assert list(openpyxl.load_workbook(file)["Data"].values) == [("Kode", "Nama", "Kapasitas", "NIK")]
    again = palu("template", "titik-uji", "--into", file, places=places)
    assert again.code == 2 and "sudah ada dan tidak ditimpa" in again.err

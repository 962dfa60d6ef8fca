"""`palu approve`: the PPID sees what would leave, before it leaves; the ledger keeps who let it out."""

from pathlib import Path

import pytest
from sqlalchemy import select

from catalog.ledger import Approval, ledger
from flows.settings import Places, ledger_address
from tests.flows.commands.running import Ran, at_a_terminal, palu
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    MORE_ROWS,
    NIK,
    agree,
    bytes_below,
    contract,
    deliver,
    found_city,
    travelled,
)

BY = ("--official", "Budi Contoh", "--office", "PPID Utama (contoh)")
ASKED = "Setujui agar semua yang bertanda BARU keluar?"


def recorded(places: Places) -> list[tuple[str, str]]:
    """Who approved, in which office."""
    if not (places.private / "ledger.db").exists():
        return []
    with ledger(ledger_address(places.private)) as session:
        return [(one.official, one.office) for one in session.scalars(select(Approval).order_by(Approval.id))]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return found_city(tmp_path_factory.mktemp("kota"))


@pytest.fixture(scope="module")
def ran(city: Places) -> Ran:
    return palu("approve", DATASET, *BY, places=city)


def test_it_shows_what_would_leave_and_what_stays(ran: Ran) -> None:
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        f"Yang akan terbuka: Titik uji (Kota Palu, {DATASET})\n"
        "Yang keluar (3 kolom):\n"
        "- kode (Kode): terbuka apa adanya [BARU]\n"
        "- nama (Nama): terbuka apa adanya [BARU]\n"
        "- kapasitas (Kapasitas): terbuka apa adanya [BARU]\n"
        "- Seluruh dataset: baris demi baris [BARU]\n"
        "Yang tidak keluar sebagaimana adanya (1 kolom):\n"
        "- nik (NIK): dikecualikan menurut UU 14/2008 Pasal 17 huruf h; keputusan CONTOH/PPID/2026/001, "
        "sampai 2031-02-10\n"
        "Baris: 3 dibaca, 0 dikarantina, 0 ditahan demi kelompok kecil, 3 akan terbit.\n"
    )
    assert ran.out.endswith(
        f"Persetujuan untuk {CITY_ID}/{DATASET} dicatat. Langkah berikutnya: palu publish {DATASET} --city {CITY_ID}\n"
    )


def test_no_cell_is_shown_where_nobody_sits_at_a_terminal(ran: Ran, city: Places) -> None:
    assert "Pasar Inpres" not in ran.out and NIK not in ran.out
    private = bytes_below(city.private)
    assert private
    held = [path for path, data in private.items() if b"Pasar Inpres" in data and not path.startswith("snapshots")]
    assert held == []


def test_the_ledger_keeps_who_approved_and_the_release_goes_out(ran: Ran, city: Places) -> None:
    assert recorded(city) == [("Budi Contoh", "PPID Utama (contoh)")]
    assert travelled(city).end == "published"
    again = palu("approve", DATASET, *BY, places=city)
    assert (again.code, len(recorded(city))) == (0, 1)
    assert f"Tidak ada yang menunggu persetujuan pada {DATASET}." in again.out


def test_at_a_terminal_a_few_open_cells_are_shown_and_the_official_is_asked(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    dialogue = [(ASKED, "ya\n"), ("Nama pejabat", "Budi\n"), ("Jabatan", "PPID Utama\n")]
    ran = at_a_terminal("approve", DATASET, places=places, dialogue=dialogue)
    assert ran.code == 0, ran.out
    assert "  nama: Pasar Inpres | Taman Vatulemo | Pantai Talise\n" in ran.out
    assert NIK not in ran.out
    assert recorded(places) == [("Budi", "PPID Utama")]


@pytest.mark.parametrize(
    "answer", ["tidak\n", "\n", "barangkali\nt\n"], ids=["no", "Enter", "an unclear answer, then no"]
)
def test_whoever_says_no_lets_nothing_out(answer: str, tmp_path: Path) -> None:
    places = found_city(tmp_path)
    ran = at_a_terminal("approve", DATASET, places=places, dialogue=[(ASKED, answer)])
    assert (ran.code, recorded(places)) == (1, [])
    assert "Tidak disetujui; tidak ada yang dicatat." in ran.out


@pytest.mark.parametrize("words", [(), ("--yes",), ("--yes", *BY[:2]), ("--yes", *BY[2:], "--official", " ")], ids=str)
def test_without_a_terminal_the_official_must_be_named(words: tuple[str, ...], tmp_path: Path) -> None:
    places = found_city(tmp_path)
    ran = palu("approve", DATASET, *words, places=places)
    assert (ran.code, ran.out, recorded(places)) == (2, "", [])
    assert ran.err == (
        f"Persetujuan untuk {DATASET} memerlukan nama dan jabatan pejabat PPID.\n"
        'Saran: Tambahkan --official "NAMA" --office "JABATAN", atau jalankan di terminal tanpa --yes.\n'
    )


def test_what_a_finding_stops_cannot_be_approved(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    deliver(places, MORE_ROWS.replace("TP-004", "TP-003"))
    ran = palu("approve", DATASET, *BY, places=places)
    assert (ran.code, recorded(places)) == (1, [])
    assert "[Menahan rilis] Kunci utama menunjuk tepat satu baris" in ran.out
    assert ran.err.startswith(f"{DATASET} belum dapat disetujui: temuan yang menahan rilis harus dibereskan dahulu.\n")


def test_a_missing_file_is_told_as_everywhere(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    (places.inbox / f"{DATASET}.csv").unlink()
    ran = palu("approve", DATASET, *BY, places=places)
    assert (ran.code, recorded(places)) == (1, [])
    assert ran.err.startswith(f"Berkas dataset {DATASET} belum ada")


def test_a_cell_cannot_command_the_terminal(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    agree(places, contract())
    deliver(places, MORE_ROWS.replace("Pasar Inpres", "Pasar\x1b[2J[red]Inpres"))
    ran = at_a_terminal("approve", DATASET, places=places, dialogue=[(ASKED, "t\n")])
    assert "\x1b[2J" not in ran.out
    assert "Pasar·[2J[red]Inpres" in ran.out

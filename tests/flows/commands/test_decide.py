"""`palu decide`: an official answers, and contract and ledger hold the answer at once, whatever comes after."""

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from catalog.ledger import Decision, ledger
from flows.settings import Places, ledger_address
from schemas.registry import contract_file
from tests.flows.commands.running import Ran, at_a_terminal, palu
from tests.laws.disks import fill, small_disk
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    NIK,
    bytes_below,
    contract,
    contract_with_field,
    found_city,
    registered,
)

UNDECIDED = contract_with_field("nik", access="undetermined", exemption=None)
OPEN, EXEMPT, LATER = "1", "2", "3"
LETTER_H, OTHER_LAW = "8", "11"
DROP = "1"


def answers(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def ground(*, law: str = LETTER_H, decided: str = "2026-02-10", until: str = "", method: str = DROP) -> tuple[str, ...]:
    """The answers about an exempt field, in the order of the questions."""
    return (EXEMPT, law, "KEP/7", "PPID Utama", decided, until, "Rahasia pribadi", "Dikenali", "Terlindungi", method)


def city(root: Path, *contracts: dict[str, Any]) -> Places:
    return found_city(root, *(contracts or (UNDECIDED,)))


def text(places: Places) -> str:
    return contract_file(places.contracts, CITY_ID, DATASET).read_text(encoding="utf-8")


def decisions(places: Places) -> list[Decision]:
    with ledger(ledger_address(places.private)) as session:
        found = list(session.scalars(select(Decision).order_by(Decision.id)))
        session.expunge_all()
        return found


def decide(places: Places, *lines: str, words: tuple[str, ...] = ()) -> Ran:
    return palu("decide", DATASET, *words, places=places, answers=answers("Budi Contoh", *lines))


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, str, Ran]:
    """A city whose official withheld the one undecided field; its contract before; what was told."""
    places = city(tmp_path_factory.mktemp("kota"))
    return places, text(places), decide(places, *ground())


def test_the_answers_stand_in_the_contract(withheld: tuple[Places, str, Ran]) -> None:
    places, before, ran = withheld
    assert (ran.code, ran.err) == (0, "")
    found = registered(places)[1].field("nik").exemption
    assert found is not None and found.is_complete
    assert (found.law, found.decision, found.office) == ("UU 14/2008 Pasal 17 huruf h", "KEP/7", "PPID Utama")
    assert (found.decided, found.until) == (date(2026, 2, 10), date(2031, 2, 10))
    assert (found.method, found.reason.id, found.if_opened and found.if_opened.id) == (
        "drop",
        "Rahasia pribadi",
        "Dikenali",
    )
    after = text(places).splitlines()
    assert [line for line in before.splitlines() if line not in after] == ["  access: undetermined"]


def test_the_ledger_remembers_who_decided_and_both_contracts(withheld: tuple[Places, str, Ran]) -> None:
    places, before, _ = withheld
    [one] = decisions(places)
    assert (one.dataset, one.field, one.access, one.by) == (DATASET, "nik", "exempt", "Budi Contoh")
    assert (one.law, one.decision, one.office) == ("UU 14/2008 Pasal 17 huruf h", "KEP/7", "PPID Utama")
    assert one.until == date(2031, 2, 10)
    assert one.contract_after == registered(places)[1].digest != one.contract_before
    assert "undetermined" in before


def test_the_official_sees_counts_and_shapes_and_no_cell(withheld: tuple[Places, str, Ran]) -> None:
    places, _, ran = withheld
    assert "Kolom 1 dari 1: nik (NIK), Teks. Keadaan sekarang: belum diputuskan.\n" in ran.out
    assert "  Dalam data: 3 baris, terisi 100 %, 3 nilai berbeda.\n  Bentuk isi: 16 angka (100 %)\n" in ran.out
    assert NIK not in ran.out + ran.err
    assert [path for path, data in bytes_below(places.private).items() if NIK.encode() in data] == []


def test_it_ends_with_what_comes_next(withheld: tuple[Places, str, Ran]) -> None:
    _, _, ran = withheld
    assert ran.out.endswith(f"Langkah berikutnya: palu approve {DATASET} --city {CITY_ID}\n")
    assert "1 keputusan disimpan di " in ran.out and "; 0 kolom masih belum diputuskan." in ran.out


def test_nothing_is_asked_where_everything_is_decided(withheld: tuple[Places, str, Ran]) -> None:
    ran = decide(withheld[0])
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Semua kolom {DATASET} sudah diputuskan.")


def test_an_exempt_field_can_be_opened_and_a_decision_put_off(tmp_path: Path) -> None:
    places = city(tmp_path, contract())
    ran = decide(places, LATER, words=("--field", "nik"))
    assert (ran.code, decisions(places)) == (0, [])
    ran = decide(places, OPEN, words=("--field", "nik"))
    assert ran.code == 0
    assert registered(places)[1].field("nik").access == "open"
    assert [(one.access, one.law) for one in decisions(places)] == [("open", None)]


def test_all_fields_are_asked_the_undecided_first(tmp_path: Path) -> None:
    ran = decide(city(tmp_path), LATER, LATER, LATER, LATER, words=("--all",))
    order = [line.split(": ")[1].split(" ")[0] for line in ran.out.splitlines() if line.startswith("Kolom ")]
    assert order == ["nik", "kode", "nama", "kapasitas"]


NUMBER = contract_with_field("kapasitas", access=None)


@pytest.mark.parametrize(
    ("one", "method", "written"),
    [
        (NUMBER, ("2", "0", "lima", "10"), {"to": "band", "size": 10}),
        (NUMBER, ("3", "2,5"), {"to": "rounded", "size": 2.5}),
    ],
    ids=["a band, after two sizes that are none", "rounded to a decimal"],
)
def test_a_coarser_form_is_offered_by_type(
    one: dict[str, Any], method: tuple[str, ...], written: dict[str, Any], tmp_path: Path
) -> None:
    places = city(tmp_path, one)
    ran = decide(places, *ground(method=method[0]), *method[1:])
    assert ran.code == 0, ran.out
    found = registered(places)[1].field("kapasitas").exemption
    assert found is not None and found.generalise is not None
    assert (found.generalise.to, float(found.generalise.size or 0)) == (written["to"], written["size"])


WRONG = [
    ((OPEN + "0", "x", ""), "Ketik angka dari 1 sampai 3."),
    ((EXEMPT, "12", LETTER_H, "", "KEP/7"), "Jawaban ini tidak boleh kosong."),
    ((EXEMPT, LETTER_H, "KEP/7", "PPID", "31 Februari", "2026-02-10"), "Tulis tanggal seperti 2026-12-31"),
    (
        (EXEMPT, LETTER_H, "KEP/7", "PPID", "10/02/2026", "2026-02-10", "2027-01-01"),
        "Tanggalnya harus sesudah 2026-02-10.",
    ),
    ((EXEMPT, LETTER_H, "KEP\x07", "KEP/7"), "Jawaban memuat karakter yang tidak terlihat; ketik ulang."),
]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    WRONG,
    ids=["no such choice", "an empty answer", "no date", "a period that ends before it begins", "unseen characters"],
)
def test_a_wrong_answer_is_asked_again_with_one_sentence(lines: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    places = city(tmp_path)
    ran = decide(places, *lines)  # and then nothing more is typed
    assert sentence in ran.out
    assert (decisions(places), registered(places)[1].field("nik").access) == ([], "undetermined")
    assert "Traceback" not in ran.err


def test_a_decision_that_breaks_the_contract_is_told_and_asked_again(tmp_path: Path) -> None:
    kode, *others = contract()["fields"]
    withheld = [field for field in others if field["access"] == "exempt"]
    places = city(tmp_path, contract(fields=[{**kode, "access": "undetermined"}, *withheld], primaryKey=[], rules=[]))
    before = text(places)
    ran = palu(
        "decide",
        DATASET,
        "--field",
        "kode",
        places=places,
        answers=answers("Budi", *ground(), LATER),
    )
    assert "Keputusan itu tidak cocok dengan bagian lain kontrak" in ran.out
    assert (ran.code, text(places), decisions(places)) == (0, before, [])


def test_a_missing_source_only_hides_the_data(tmp_path: Path) -> None:
    places = city(tmp_path)
    (places.inbox / f"{DATASET}.csv").unlink()
    ran = decide(places, *ground())
    assert ran.code == 0
    assert "isi kolom tidak ditampilkan (file_missing)" in ran.out
    assert registered(places)[1].field("nik").access == "exempt"


def test_ctrl_c_loses_nothing_that_was_decided(tmp_path: Path) -> None:
    fields = [{**field, "access": "undetermined", "exemption": None} for field in contract()["fields"][1:]]
    for field in fields:
        del field["exemption"]
    places = city(tmp_path, contract(fields=[contract()["fields"][0], *fields]))
    dialogue = [
        ("Nama pejabat", "Budi\n"),
        ("Tampilkan", "tidak\n"),
        ("Keputusan [3]", "1\n"),
        ("Tampilkan", "ya\n"),
        ("Keputusan [3]", "2\n"),
        ("Dasar hukum:", "\x03"),
    ]
    ran = at_a_terminal("decide", DATASET, places=places, dialogue=dialogue)
    assert ran.code == 1, ran.out
    assert "1 keputusan disimpan" in ran.out and "2 kolom masih belum diputuskan" in ran.out
    assert "Traceback" not in ran.out
    assert [one.field for one in decisions(places)] == ["nama"]
    assert registered(places)[1].field("nama").access == "open"
    assert list((places.private / "work").iterdir()) == []


def test_examples_are_shown_at_a_terminal_to_whoever_asks_for_them(tmp_path: Path) -> None:
    places = city(tmp_path)
    dialogue = [("Nama pejabat", "Budi\n"), ("Tampilkan", "ya\n"), ("Keputusan [3]", "3\n")]
    ran = at_a_terminal("decide", DATASET, places=places, dialogue=dialogue)
    assert (ran.code, ran.out.count(NIK)) == (0, 1)
    assert [path for path, data in bytes_below(places.private).items() if NIK.encode() in data] == []


def test_a_field_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    ran = decide(city(tmp_path), words=("--field", "nikk"))
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        f"Kolom nikk tidak ada pada dataset {DATASET}. Yang ada: kode, nama, kapasitas, nik.",
    )


def test_a_contract_that_cannot_be_replaced_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    places = city(tmp_path)
    with small_disk(places.contracts, 1024**2) as disk:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        ran = decide(places, *ground())
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"Kontrak {DATASET}.yaml tidak dapat ditulis")


def test_a_disk_that_is_full_keeps_the_contract_and_the_ledger_as_they_were(tmp_path: Path) -> None:
    places = city(tmp_path)
    before = text(places)
    with small_disk(places.contracts, 1024**2) as disk:
        fill(disk, 0)
        ran = decide(places, *ground())
        assert text(places) == before
        assert [path.name for path in disk.rglob(".*") if path.name != ".filler"] == []
    assert (ran.code, decisions(places)) == (3, [])
    assert ran.err.startswith(f"Kontrak {DATASET}.yaml tidak dapat ditulis")

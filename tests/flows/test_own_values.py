"""Before a release leaves, it is searched for the withheld values of its own run: what no pattern can know."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.journey import Outcome
from flows.settings import Places
from flows.trace import traced_columns, traced_files
from schemas.errors import ProgrammerError
from schemas.tables import STAGED
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    EXEMPTION,
    contract,
    found_city,
    publish,
    ready,
)

CLEARANCE = {
    "field": "catatan",
    "kind": "own_values",
    "decision": "CONTOH/PPID/2026/009",
    "decided": "2026-02-20",
    "because": "Nama pejabat yang menjabat terbuka.",
}
PERSON = "Budi Hartono"


def fields(*more: dict[str, Any]) -> list[dict[str, Any]]:
    kode = {"name": "kode", "title": "Kode", "type": "string", "access": "open", "constraints": {"required": "true"}}
    petugas = {"name": "petugas", "title": "Petugas", "type": "string", "access": "exempt", "exemption": {**EXEMPTION}}
    return [kode, petugas, *more]


def remarks(**more: Any) -> dict[str, Any]:
    return {"name": "catatan", "title": "Catatan", "type": "string", "access": "open", **more}


def city(root: Path, *rows: str, more: tuple[dict[str, Any], ...] = (remarks(),), **changes: Any) -> Places:
    """A dataset of a code, an exempt name and what a test adds, with these rows."""
    names = ["kode", "petugas", *(field["name"] for field in more)]
    lines = [";".join(names), *(f"{number};{row}" for number, row in enumerate(rows, start=1))]
    one = contract(fields=fields(*more), primaryKey=["kode"], **changes)
    return found_city(root, one, rows="\n".join(lines) + "\n")


def found(outcome: Outcome) -> list[tuple[str, tuple[str, ...], int, str]]:
    assert outcome.report is not None
    return [
        (one.rule, one.fields, one.failing, one.severity)
        for one in outcome.report.findings
        if one.rule.startswith("own_values")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Budi Hartono",
        "digantikan oleh Budi Hartono sejak Mei",
        "BUDI HARTONO",
        "petugas: budi_hartono.",
        "budihartono@contoh.id",
        "Sdr.BudiHartono",
        "Bu\u0301di  Hartono",
        "\uff22\uff55\uff44\uff49 Hartono",
        "Budi\u200bHartono",
        "hubungi Budi-Hartono!",
    ],
    ids=[
        "the whole cell",
        "inside a longer text",
        "capitals",
        "underscores",
        "in an address",
        "run together",
        "accents",
        "wide letters",
        "a zero-width space",
        "a hyphen",
    ],
)
def test_a_name_repeated_in_a_remarks_column_stops_the_release(text: str, tmp_path: Path) -> None:
    where = city(tmp_path, f"{PERSON};aman", f"Sri Wahyuni;{text}", "Ani Lestari;aman")
    outcome = publish(where)
    assert outcome.end == "held_back"
    assert found(outcome) == [("own_values", ("catatan", "petugas"), 1, "blocker")]
    assert not (where.public / CITY_ID / "datasets" / DATASET).exists()


def test_the_finding_counts_rows_and_tells_no_value(tmp_path: Path) -> None:
    outcome = publish(city(tmp_path, *[f"{PERSON};ganti {PERSON}"] * 3, "Ani Lestari;aman"))
    assert found(outcome) == [("own_values", ("catatan", "petugas"), 3, "blocker")]
    told = f"{outcome.error} {outcome.report!r}" + (tmp_path / f"private/reports/{CITY_ID}/{DATASET}.json").read_text()
    assert "Hartono" not in told


@pytest.mark.parametrize(
    ("person", "text"),
    [
        (PERSON, "aman"),
        ("Sri Wahyu", "diganti Sri Wahyuni"),
        ("7271 0147", "nomor 727101478"),
        ("Budi", "Budi"),
        ("tidak ada", "tidak ada kejadian"),
        ("Dinas Perhubungan", "milik Dinas Perhubungan"),
        ("Ani Lestari", "tani lestari"),
    ],
    ids=[
        "nothing",
        "a longer word",
        "a longer number",
        "under eight letters",
        "what stands for nothing",
        "an office",
        "the end of another word",
    ],
)
def test_other_words_do_not_stop_it(person: str, text: str, tmp_path: Path) -> None:
    outcome = publish(city(tmp_path, f"{person};{text}"))
    assert (outcome.end, found(outcome)) == ("published", [])


def test_a_recorded_decision_lets_it_out_with_its_reason(tmp_path: Path) -> None:
    outcome = publish(city(tmp_path, f"{PERSON};ganti {PERSON}", clearances=[CLEARANCE]))
    assert outcome.end == "published"
    assert found(outcome) == [("own_values", ("catatan", "petugas"), 1, "warning")]
    assert outcome.report is not None
    [cleared] = [one for one in outcome.report.findings if one.rule == "own_values"]
    assert cleared.because == "CONTOH/PPID/2026/009: Nama pejabat yang menjabat terbuka."


LISTED = {"name": "jenis", "title": "Jenis", "type": "string", "constraints": {"enum": ["Juru parkir", "Lainnya"]}}


def test_listed_values_are_public_already(tmp_path: Path) -> None:
    listed = {**LISTED, "access": "exempt", "exemption": EXEMPTION}
    outcome = publish(city(tmp_path, f"{PERSON};dibantu juru parkir;Juru parkir", more=(remarks(), listed)))
    assert (outcome.end, found(outcome)) == ("published", [])


def test_the_list_of_a_field_that_nobody_decided_about_is_not_public(tmp_path: Path) -> None:
    outcome = publish(city(tmp_path, f"{PERSON};dibantu juru parkir;Juru parkir", more=(remarks(), LISTED)))
    assert found(outcome) == [("own_values", ("catatan", "jenis"), 1, "blocker")]


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_a_number_column_that_repeats_an_exempt_number_stops_it(kind: str, tmp_path: Path) -> None:
    number = {"name": "jumlah", "title": "Jumlah", "type": kind, "access": "open"}
    outcome = publish(city(tmp_path, "12345678;12345678", "87654321;5", more=(number,)))
    assert found(outcome) == [("own_values", ("jumlah", "petugas"), 1, "blocker")]


def test_a_round_amount_is_nobodys_own(tmp_path: Path) -> None:
    wage = {"name": "upah", "title": "Upah", "type": "integer", "access": "exempt", "exemption": {**EXEMPTION}}
    budget = {"name": "anggaran", "title": "Anggaran", "type": "integer", "access": "open"}
    outcome = publish(city(tmp_path, f"{PERSON};120000000;120000000", more=(wage, budget)))
    assert (outcome.end, found(outcome)) == ("published", [])


def test_an_undetermined_field_that_no_check_reads_is_searched_for_as_well(tmp_path: Path) -> None:
    phone = {"name": "telepon", "title": "Telepon", "type": "string"}
    outcome = publish(city(tmp_path, f"{PERSON};lapor ke pos 0451-7788-9900;0451 7788 9900", more=(remarks(), phone)))
    assert ("own_values", ("catatan", "telepon"), 1, "blocker") in found(outcome)


def test_a_cell_in_quarantine_is_searched_for_as_well(tmp_path: Path) -> None:
    number = {"name": "jumlah", "title": "Jumlah", "type": "integer", "access": "open"}
    where = city(
        tmp_path,
        f"{PERSON};rusak;aman",
        f"Ani Lestari;1;ganti {PERSON}",
        more=(number, remarks()),
        quarantine={"at_most": "60 %", "because": "Uji."},
    )
    assert found(publish(where)) == [("own_values", ("catatan", "petugas"), 1, "blocker")]


def test_a_field_that_leaves_in_large_groups_may_show_in_its_own_column_alone(tmp_path: Path) -> None:
    place = {"name": "alamat", "title": "Alamat", "type": "string", "access": "exempt"}
    place["exemption"] = {**EXEMPTION, "method": "suppress"}
    area = {"name": "wilayah", "title": "Wilayah", "type": "string", "access": "open"}
    disclosure = {"quasi_identifiers": ["wilayah"], "k": 2}
    rows = [f"{PERSON};Jalan Contoh 1;Ulujadi;aman"] * 3
    outcome = publish(city(tmp_path, *rows, more=(place, area, remarks()), disclosure=disclosure))
    assert (outcome.end, found(outcome)) == ("published", [])
    rows = [f"{PERSON};Jalan Contoh 1;Ulujadi;di Jalan Contoh 1"] * 2
    outcome = publish(city(tmp_path / "again", *rows, more=(place, area, remarks()), disclosure=disclosure))
    assert found(outcome) == [("own_values", ("catatan", "alamat"), 2, "blocker")]


def test_a_value_in_the_words_of_the_contract_stops_it_and_names_the_file(tmp_path: Path) -> None:
    where = city(tmp_path, f"{PERSON};aman", description=f"Ditulis oleh {PERSON}.")
    outcome = publish(where)
    assert outcome.end == "held_back"
    assert [one.because for one in outcome.report.blockers] == ["contract.json", "datapackage.json", "titik-uji.xlsx"]  # type: ignore[union-attr]
    assert {(rule, names) for rule, names, *_ in found(outcome)} == {("own_values_in_file", ("petugas",))}


def test_what_was_kept_to_search_for_is_private_and_gone_with_the_run(tmp_path: Path) -> None:
    where = city(tmp_path, f"{PERSON};aman")
    with ready(where) as waiting:
        kept = waiting.work.workspace / STAGED
        assert kept.exists()
        assert kept.stat().st_mode & 0o077 == 0 or kept.parent.stat().st_mode & 0o077 == 0
    assert not kept.exists()


def test_a_release_whose_values_were_not_kept_does_not_leave(tmp_path: Path) -> None:
    with ready(city(tmp_path, f"{PERSON};aman")) as waiting:
        (waiting.work.workspace / STAGED).unlink()
        for search in (traced_columns, traced_files):
            with pytest.raises(ProgrammerError):
                search(waiting.work, waiting.public)


@pytest.mark.parametrize("name", ["contract.json", "preview.json", "validation.json", "datapackage.json", "baru.txt"])
def test_every_file_of_the_release_is_searched(name: str, tmp_path: Path) -> None:
    with ready(city(tmp_path, f"{PERSON};aman")) as waiting:
        file = waiting.work.aside / name
        said = json.loads(file.read_text()) if file.exists() else {"kosong": ""}
        said = {**said, "rows": [["1", PERSON]]} if name == "preview.json" else {**said, "tambahan": [{"x": PERSON}]}
        file.write_text(json.dumps(said))
        assert [one.failing for one in traced_files(waiting.work, waiting.public)] == [1]


def test_a_parquet_that_was_written_anew_is_searched_again(tmp_path: Path) -> None:
    with ready(city(tmp_path, f"{PERSON};aman")) as waiting:
        parquet = waiting.work.aside / f"{DATASET}.parquet"
        assert traced_files(waiting.work, waiting.public) == ()
        words = pa.DictionaryArray.from_arrays(pa.array([0], pa.int32()), pa.array(["aman", PERSON]))
        table = pa.table({"kode": ["1"], "catatan": words})
        parquet.unlink()
        pq.write_table(table, parquet)
        assert [one.fields for one in traced_files(waiting.work, waiting.public)] == [("catatan", "petugas")]

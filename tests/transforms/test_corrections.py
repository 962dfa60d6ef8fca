"""A correction changes the one cell that somebody decided about, and says so where it is needed no longer."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.contracts import Contract, Corrections
from schemas.errors import AuthorError
from tests.making import contract, exempt_field, open_field
from tests.transforms.preparing import Outcome, prepared, workbook

FIELDS = open_field("kode"), open_field("luas", "number"), open_field("nama"), exempt_field("nik")
ROWS = b"kode,luas,nama,nik\nA1,1.5,Pasar,1\nA2,lima,,2\nA2b,lima, Taman ,3\nA4,7.5,Kebun,4\n"
LARGE = ROWS + b"B1,0.5,Kebun,5\n" * 300_000


def correction(**changes: Any) -> dict[str, Any]:
    """A correction that `ROWS` needs, with some of its keys changed."""
    return {
        "where": {"kode": "A2"},
        "field": "luas",
        "from": "lima",
        "to": "5.5",
        "because": "Salah ketik.",
        "decided_by": "Walidata",
        "until": "2026-12-31",
        **changes,
    }


def corrected(*ones: dict[str, Any], key: str = "kode") -> Contract:
    stated = Corrections.model_validate({"corrections": list(ones)})
    return contract(*FIELDS, primaryKey=[key]).corrected_by(stated)


def read(folder: Path, *ones: dict[str, Any], content: bytes = ROWS) -> Outcome:
    return prepared(folder, corrected(*ones), content)


@pytest.mark.parametrize("content", [ROWS, LARGE], ids=["a small file", "a file that is read where it lies"])
def test_the_one_cell_is_read_as_it_was_decided(tmp_path: Path, content: bytes) -> None:
    outcome = read(tmp_path, correction(), content=content)
    assert (outcome.prepared.staging.first_row is not None) == (content is LARGE)
    assert outcome.staged("kode", "luas")[:4] == [("A1", 1.5), ("A2", 5.5), ("A2b", None), ("A4", 7.5)]
    assert outcome.prepared.staging.faulty == 1


def test_several_cells_are_corrected_together(tmp_path: Path) -> None:
    other = correction(where={"kode": "A2b"}, to="6.5")
    name = correction(field="nama", **{"from": ""}, to="Pasar 'Baru'")
    outcome = read(tmp_path, correction(), other, name)
    assert outcome.staged("luas", "nama")[1:3] == [(5.5, "Pasar 'Baru'"), (6.5, "Taman")]
    assert outcome.prepared.staging.faulty == 0


@pytest.mark.parametrize(
    ("one", "cell"),
    [
        pytest.param(correction(where={"kode": "A2b"}, field="nama", **{"from": "Taman"}, to="T"), "T", id="blanks"),
        pytest.param(correction(where={"kode": "A2b"}, field="nama", **{"from": "Taman"}, to=""), None, id="emptied"),
    ],
)
def test_blanks_around_a_cell_are_not_part_of_it(tmp_path: Path, one: dict[str, Any], cell: str | None) -> None:
    assert read(tmp_path, one).staged("nama")[2] == (cell,)


def test_a_stored_number_is_corrected_as_people_see_it(tmp_path: Path) -> None:
    source = {"kind": "spreadsheet", "location": "data.xlsx"}
    stated = Corrections.model_validate({"corrections": [correction(**{"from": "1.25"}, to="2.25")]})
    of = contract(*FIELDS, source=source).corrected_by(stated)
    outcome = prepared(tmp_path, of, workbook(("kode", "luas", "nama", "nik"), ("A2", 1.25, "x", "1")))
    assert outcome.staged("luas") == [(2.25,)]


@pytest.mark.parametrize(
    ("one", "code"),
    [
        pytest.param(correction(**{"from": "enam"}, to="lima"), "correction_not_needed", id="the source has it right"),
        pytest.param(correction(**{"from": "enam"}), "correction_differs", id="another cell than was decided about"),
        pytest.param(correction(where={"kode": "A3"}), "correction_no_row", id="no such row"),
        pytest.param(correction(where={"nama": "Kebun"}, **{"from": "7.5"}), "correction_many_rows", id="two rows"),
        pytest.param(correction(where={"kode": "a2"}), "correction_no_row", id="a key in other letters"),
    ],
)
def test_a_correction_that_does_not_apply_ends_the_run_by_its_number(
    tmp_path: Path, one: dict[str, Any], code: str
) -> None:
    content = ROWS + b"A5,7.5,Kebun,5\n"
    good = correction(where={"kode": "A2b"}, to="6.5")
    with pytest.raises(AuthorError) as raised:
        prepared(tmp_path, corrected(good, one), content)
    key = "nama" if "nama" in one["where"] else "kode"
    assert (raised.value.code, raised.value.names) == (
        code,
        {"dataset": "contoh", "numbers": "2", "fields": f"{key}, luas"},
    )
    assert not any(value in str(raised.value) for value in ("A2", "A3", "lima", "enam", "7.5", "Kebun"))


KEYS = st.sampled_from(["A", "a", "A ", "AA", "B", ""])
CELLS = st.sampled_from(["1", "2", " 1", "x", ""])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(KEYS, CELLS), min_size=1, max_size=5),
    key=KEYS,
    cells=st.tuples(CELLS, CELLS).filter(lambda pair: pair[0].strip() != pair[1].strip()),
)
def test_exactly_one_cell_changes_or_the_run_ends(
    tmp_path: Path, rows: list[tuple[str, str]], key: str, cells: tuple[str, str]
) -> None:
    """Law: a run that ends well has one row of the key, whose cell was `from`, and every other cell is as before."""
    one = correction(where={"kode": key}, field="nama", **{"from": cells[0]}, to=cells[1])
    content = "kode,nama,ket\n" + "".join(f'"{kode}","{nama}",z\n' for kode, nama in rows)
    fields = open_field("kode"), open_field("nama"), open_field("ket")
    of = contract(*fields).corrected_by(Corrections.model_validate({"corrections": [one]}))
    fits = [at for at, (kode, _) in enumerate(rows) if kode.strip() == key.strip()]
    needed = len(fits) == 1 and rows[fits[0]][1].strip() == cells[0].strip()
    try:
        found = prepared(tmp_path, of, content.encode()).staged("nama")
    except AuthorError:
        assert not needed
        return
    assert needed
    expected = [(nama.strip() or None,) for _, nama in rows]
    expected[fits[0]] = (cells[1].strip() or None,)
    assert found == expected

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.contracts import CsvLayout, GeoJsonLayout, JsonLayout, Layout, SpreadsheetLayout
from schemas.errors import OperatorError, PaluError
from transforms.reading import read

from .conftest import Read, fields

LAYOUTS: tuple[Layout, ...] = (
    CsvLayout(kind="csv"),
    SpreadsheetLayout(kind="spreadsheet"),
    JsonLayout(kind="json"),
    GeoJsonLayout(kind="geojson"),
)
BEGINNINGS = (b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b'[{"a":', b"\xff\xfe", b'a,"')


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.kind)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(beginning=st.sampled_from(BEGINNINGS), content=st.binary(max_size=200))
def test_whatever_the_bytes_only_our_errors_come_out(
    read_bytes: Read, layout: Layout, beginning: bytes, content: bytes
) -> None:
    try:
        read_bytes(beginning + content, layout, fields("a"))
    except PaluError as error:
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None


@pytest.mark.parametrize("kind", ["xls", "xlsx", "xlsb", "ods"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data())
def test_a_damaged_workbook_ends_in_our_errors(corpus: Path, read_bytes: Read, kind: str, data: st.DataObject) -> None:
    content = bytearray((corpus / "workbooks" / f"sushi.{kind}").read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        table = read_bytes(bytes(content), SpreadsheetLayout(kind="spreadsheet"))
    except PaluError as error:
        assert error.__cause__ is None
    else:
        assert table.rows is not None


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.kind)
def test_a_file_that_is_gone_is_the_operators_to_mend(tmp_path: Path, layout: Layout) -> None:
    with pytest.raises(OperatorError) as raised:
        read(tmp_path / "tiada", layout, fields("a"), tmp_path, "berkas")
    assert (raised.value.code, raised.value.names) == ("reading_failed", {"file": "berkas"})

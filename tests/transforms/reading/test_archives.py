"""Of a zip archive the one file that the contract means is read, and nothing else."""

import io
import struct
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from schemas.contracts import CsvLayout, JsonLayout, SpreadsheetLayout
from schemas.errors import PaluError, SupplierError
from transforms.reading import archives, read

CSV = b"kode;nama\n001;Pasar\n002;Kantor\n"


def _packed(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _member(tmp_path: Path, data: bytes, pattern: str) -> tuple[Path, str]:
    (tmp_path / "kiriman.zip").write_bytes(data)
    return archives.member_of(tmp_path / "kiriman.zip", pattern, tmp_path, "kiriman.zip")


@pytest.mark.parametrize(
    ("files", "pattern"),
    [
        pytest.param(["data.csv"], "data.csv", id="by its name"),
        pytest.param(["2026/rekap mei.csv", "catatan.txt"], "rekap*.csv", id="in whichever folder"),
        pytest.param(["a/rekap.csv", "b/rekap.csv"], "b/*.csv", id="in a folder that is named"),
        pytest.param(["rekap [final].csv", "rekap f.csv"], "rekap [final].csv", id="brackets in its name"),
        pytest.param(["data.csv", "__MACOSX/._data.csv", ".data.csv", "~$data.csv"], "*.csv", id="beside leftovers"),
        pytest.param(["Jalan é.csv"], "Jalan é.csv", id="letters beyond ASCII"),
        pytest.param(["data.csv", "../data.csv", "/data.csv", "a/../../data.csv"], "data*.csv", id="beside traps"),
    ],
)
def test_the_member_that_is_meant_is_found(tmp_path: Path, files: list[str], pattern: str) -> None:
    path, name = _member(tmp_path, _packed(dict.fromkeys(files, CSV)), pattern)
    assert (path.read_bytes(), path.parent) == (CSV, tmp_path)
    assert name.startswith("kiriman.zip/")


@pytest.mark.parametrize("encoding", ["utf-8", "cp437"])
def test_a_name_without_a_mark_of_its_encoding_is_understood(tmp_path: Path, encoding: str) -> None:
    name = "é12.csv".encode(encoding)
    data = _packed({"x" * (len(name) - 4) + ".csv": CSV}).replace(b"x" * (len(name) - 4) + b".csv", name)
    assert _member(tmp_path, data, "é12.csv")[1] == "kiriman.zip/é12.csv"


def _elsewhere(packed: bytes) -> bytes:
    """Bytes too few above the list of members: each of them seems to stand before the file."""
    listed = packed.index(b"PK\x01\x02")
    return packed[20:listed] + packed[listed:]


def _nameless(packed: bytes) -> bytes:
    """The list of members gives the first no name: its letters are the comment."""
    at = packed.index(b"PK\x01\x02") + 28
    return packed[:at] + bytes(4) + packed[at : at + 2] + packed[at + 6 :]


FAULTS: dict[str, tuple[bytes, str]] = {
    "none that fits": (_packed({"lain.csv": CSV}), "archive_lacks"),
    "an empty archive": (_packed({}), "archive_lacks"),
    "only a trap": (_packed({"../data.csv": CSV}), "archive_lacks"),
    "several that fit": (_packed({"a/data.csv": CSV, "b/data.csv": CSV}), "archive_ambiguous"),
    "no archive": (CSV, "archive_unreadable"),
    "half an archive": (_packed({"data.csv": CSV})[:-30], "archive_unreadable"),
    "spoilt bytes": (
        _packed({"data.csv": CSV * 9}).replace(b"\x00data.csv", b"\x00data.csv\xff", 1),
        "archive_unreadable",
    ),
    "a place before the first byte": (
        _packed({"data.csv": CSV})[:-6] + b"\xff\xff\x00\x00\x00\x00",
        "archive_unreadable",
    ),
    "a member before the first byte": (_elsewhere(_packed({"data.csv": CSV})), "archive_unreadable"),
    "a member without a name": (_nameless(_packed({"data.csv": CSV})), "archive_lacks"),
    "an archive within": (_packed({"data.csv": _packed({"data.csv": CSV})}), "archive_nested"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_archive_that_is_not_clear_is_refused(tmp_path: Path, fault: str) -> None:
    data, code = FAULTS[fault]
    with pytest.raises(SupplierError) as raised:
        _member(tmp_path, data, "data.csv")
    assert raised.value.code == code


def test_an_archive_that_is_locked_is_refused(tmp_path: Path) -> None:
    data = bytearray(_packed({"data.csv": CSV}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + at
        data[place : place + 2] = struct.pack("<H", 1)
    with pytest.raises(SupplierError) as raised:
        _member(tmp_path, bytes(data), "data.csv")
    assert raised.value.code == "archive_encrypted"


@pytest.mark.parametrize(
    ("limit", "value"),
    [("MOST_MEMBERS", 1), ("MOST_BYTES_TOGETHER", 3_000), ("MOST_BYTES", 1_000), ("HARMLESS_BYTES", 1_000)],
)
def test_an_archive_that_grows_too_much_is_given_up(
    tmp_path: Path, limit: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, limit, value)
    monkeypatch.setattr(archives, "MOST_TIMES", 2)
    with pytest.raises(SupplierError) as raised:
        _member(tmp_path, _packed({"data.csv": b"0" * 2_000_000, "b.txt": b"1"}), "data.csv")
    assert raised.value.code == "archive_too_large"


def test_what_is_counted_is_what_comes_out_and_not_what_is_promised(tmp_path: Path) -> None:
    data = _packed({"data.csv": b"0" * 2_000_000}).replace(struct.pack("<I", 2_000_000), struct.pack("<I", 10))
    with pytest.raises(SupplierError) as raised:
        _member(tmp_path, data, "data.csv")
    assert raised.value.code == "archive_unreadable"


def test_two_members_of_one_name_are_one_too_many(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("data.csv", CSV)
        archive.writestr("data.csv", CSV + b"003;x\n")
    with pytest.raises(SupplierError) as raised:
        _member(tmp_path, buffer.getvalue(), "data.csv")
    assert raised.value.code == "archive_ambiguous"


def test_an_archive_is_read_as_the_file_in_it(tmp_path: Path) -> None:
    (tmp_path / "kiriman.zip").write_bytes(_packed({"a/data.csv": CSV}))
    table = read(tmp_path / "kiriman.zip", CsvLayout(kind="csv", member="data*.csv"), (), tmp_path, "kiriman.zip")
    assert (table.columns, table.rows) == (("kode", "nama"), 2)


@pytest.mark.parametrize(
    "layout", [CsvLayout(kind="csv"), JsonLayout(kind="json"), SpreadsheetLayout(kind="spreadsheet")]
)
def test_an_archive_that_nobody_expected_is_an_error(tmp_path: Path, layout: CsvLayout) -> None:
    (tmp_path / "kiriman.zip").write_bytes(_packed({"data.csv": CSV}))
    with pytest.raises(PaluError):
        read(tmp_path / "kiriman.zip", layout, (), tmp_path, "kiriman.zip")

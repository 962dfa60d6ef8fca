"""Which file of the inbox is a dataset's delivery."""

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from flows import private
from flows.extract import extract
from flows.runs import beginning
from flows.settings import Places
from flows.sources import files
from schemas.contracts import FileSource
from schemas.errors import OperatorError, SupplierError
from tests.making import CITY, NOW, contract, open_field

CONTENT = b"a\nx\n"
Found = Callable[[str], Path]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The inbox, with a department's folder in it."""
    (tmp_path / "inbox" / "dishub").mkdir(parents=True)
    return tmp_path / "inbox"


@pytest.fixture
def found(inbox: Path) -> Found:
    """What a location finds in the inbox."""

    def finding(location: str) -> Path:
        asked = contract(open_field("a"), source={"kind": "csv", "location": location})
        assert isinstance(asked.source, FileSource)
        return files.found(asked, asked.source, inbox)

    return finding


@pytest.mark.parametrize(
    ("location", "name"),
    [
        pytest.param("dishub/data.csv", "data.csv", id="by its name"),
        pytest.param("dishub/titik parkir*.csv", "titik parkir 2026.csv", id="by a pattern, with spaces"),
        pytest.param("*/data.csv", "data.csv", id="in whichever folder"),
        pytest.param("dishub/rekap [final].csv", "rekap [final].csv", id="brackets in its name"),
        pytest.param("dishub/rekap*.csv", "rekap [final] (2).csv", id="brackets behind a pattern"),
        pytest.param('dishub/Jum\'at "baru".csv', 'Jum\'at "baru".csv', id="quotes in its name"),
        pytest.param("dishub/*.csv", "*.csv", id="a star in its name"),
    ],
)
def test_the_one_file_that_a_location_names_is_found(inbox: Path, found: Found, location: str, name: str) -> None:
    (inbox / "dishub" / name).write_bytes(CONTENT)
    assert found(location) == inbox / "dishub" / name


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param("~$data.xlsx", id="the lock of an open workbook"),
        pytest.param(".data.xlsx", id="a hidden file"),
        pytest.param("._data.xlsx", id="what a Mac leaves"),
    ],
)
def test_what_programs_leave_beside_a_file_is_no_delivery(inbox: Path, found: Found, beside: str) -> None:
    (inbox / "dishub" / "data.xlsx").write_bytes(CONTENT)
    (inbox / "dishub" / beside).write_bytes(CONTENT)
    assert found("dishub/*data.xlsx").name == "data.xlsx"


def test_a_folder_of_that_name_is_no_delivery(inbox: Path, found: Found) -> None:
    (inbox / "dishub" / "data.csv").mkdir()
    with pytest.raises(SupplierError) as raised:
        found("dishub/data.csv")
    assert raised.value.code == "file_missing"


@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        pytest.param((), "file_missing", {"location": "dishub/*.csv"}, id="none"),
        pytest.param(("a.csv", "b.csv"), "file_ambiguous", {"files": "a.csv, b.csv"}, id="two"),
    ],
)
def test_none_and_several_are_the_departments_to_mend(
    inbox: Path, found: Found, names: tuple[str, ...], code: str, said: dict[str, str]
) -> None:
    for name in names:
        (inbox / "dishub" / name).write_bytes(CONTENT)
    with pytest.raises(SupplierError) as raised:
        found("dishub/*.csv")
    assert raised.value.code == code
    assert raised.value.names["dataset"] == "contoh"
    assert raised.value.names.items() >= said.items()


@pytest.mark.parametrize("linked", ["dishub/data.csv", "dishub"], ids=["the file", "its folder"])
def test_a_link_that_leads_out_of_the_inbox_is_refused(tmp_path: Path, inbox: Path, found: Found, linked: str) -> None:
    (tmp_path / "luar" / "dishub").mkdir(parents=True)
    (tmp_path / "luar" / "dishub" / "data.csv").write_bytes(CONTENT)
    if linked == "dishub":
        (inbox / "dishub").rmdir()
    (inbox / linked).symlink_to(tmp_path / "luar" / linked)
    with pytest.raises(SupplierError) as raised:
        found("dishub/data.csv")
    assert (raised.value.code, raised.value.names["file"]) == ("file_outside", "data.csv")


def test_a_link_to_a_file_of_the_inbox_is_followed(inbox: Path, found: Found) -> None:
    (inbox / "dishub" / "2026.csv").write_bytes(CONTENT)
    (inbox / "dishub" / "terbaru.csv").symlink_to("2026.csv")
    assert found("dishub/terbaru.csv").read_bytes() == CONTENT


def test_an_inbox_that_is_itself_a_link_is_no_way_out(tmp_path: Path, where: Places) -> None:
    (where.inbox / "data.csv").write_bytes(CONTENT)
    (tmp_path / "pintasan").symlink_to(where.inbox)
    asked = contract(open_field("a"))
    assert isinstance(asked.source, FileSource)
    assert files.found(asked, asked.source, tmp_path / "pintasan").read_bytes() == CONTENT


def test_the_snapshot_is_a_private_copy_under_its_own_hash(where: Places) -> None:
    (where.inbox / "data.csv").write_bytes(CONTENT)
    with beginning(where, CITY, contract(open_field("a")), NOW) as work:
        snapshot = extract(work)
    digest = hashlib.sha256(CONTENT).hexdigest()
    assert (snapshot.sha256, snapshot.path.name, snapshot.bytes) == (digest, f"{digest}.csv", len(CONTENT))
    assert snapshot.path.read_bytes() == CONTENT
    assert snapshot.path.stat().st_mode & 0o777 == 0o600
    assert snapshot.path.parent.stat().st_mode & 0o777 == 0o700
    assert not list((where.private / "work").iterdir())


def test_a_private_folder_that_cannot_be_written_is_the_operators_to_mend(where: Places) -> None:
    (where.inbox / "data.csv").write_bytes(CONTENT)
    with beginning(where, CITY, contract(open_field("a")), NOW) as work:
        (where.private / "snapshots").write_bytes(b"")
        with pytest.raises(OperatorError) as raised:
            extract(work)
    assert raised.value.code == "disk_refused"


@pytest.mark.parametrize("pieces", [1 << 26, 1000], ids=["one piece", "many pieces"])
@pytest.mark.parametrize("disk", [None, "/dev/shm"], ids=["the same disk", "another disk"])
def test_a_copy_is_hashed_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str | None, pieces: int
) -> None:
    monkeypatch.setattr(files, "PIECE_BYTES", pieces)
    content = bytes(range(256)) * 40
    (tmp_path / "kiriman").write_bytes(content)
    with tempfile.TemporaryDirectory(dir=disk) as elsewhere:
        copy = Path(elsewhere) / "salinan"
        assert files.copied(tmp_path / "kiriman", copy) == hashlib.sha256(content).hexdigest()
        assert copy.read_bytes() == content


def test_what_a_library_says_of_a_file_is_no_fault_of_the_disk(where: Places) -> None:
    with pytest.raises(OSError, match="no number"), private.disk_faults(where):
        raise OSError("a library's words, with no number of the system")

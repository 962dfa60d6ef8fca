"""`palu verify`: an auditor proves a catalog from outside, in a folder or behind an address."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
import uvicorn

from catalog import layout
from catalog.manifest import Entry, Manifest, ReleaseReference, digest, document
from catalog.verification import measured
from flows.settings import Places
from flows.web import application, listening
from tests.flows.commands.running import palu
from tests.laws.made_up_city import CITY_ID, DATASET, NOW, audited, current_release, moved, pointer


def release_folder(places: Places) -> Path:
    return places.public / layout.release(CITY_ID, DATASET, str(current_release(places)))


def a_flipped_byte(places: Places) -> None:
    file = release_folder(places) / f"{DATASET}.parquet"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def a_removed_file(places: Places) -> None:
    (release_folder(places) / f"{DATASET}.csv").unlink()


def a_changed_manifest(places: Places) -> None:
    file = release_folder(places) / layout.MANIFEST
    file.write_text(file.read_text().replace('"rows": 3', '"rows": 4'))


def a_release_that_is_gone(places: Places) -> None:
    for file in release_folder(places).iterdir():
        file.unlink()


def a_pointer_that_says_nothing(places: Places) -> None:
    (places.public / layout.pointer(CITY_ID)).write_text("{}")


def a_root_that_says_nothing(places: Places) -> None:
    (places.public / layout.CITIES).write_text("tidak ada")


def an_extra_column(places: Places) -> None:
    """Whoever can write everywhere can make every hash fit; what leaves is still held against the contract."""
    folder = release_folder(places)
    file = folder / f"{DATASET}.csv"
    file.write_text("\n".join(f"{line},x" for line in file.read_text().splitlines()) + "\n")
    manifest = Manifest.model_validate_json((folder / layout.MANIFEST).read_bytes())
    files = tuple(measured(folder / one.path, one.format) for one in manifest.distributions)
    forged = document(manifest.model_copy(update={"distributions": files}))
    (folder / layout.MANIFEST).write_bytes(forged)
    entry = Entry(current=ReleaseReference(release=manifest.release, manifest_sha256=digest(forged)))
    (places.public / layout.pointer(CITY_ID)).write_bytes(document(pointer(places).moved(DATASET, entry, NOW)))


Break = Callable[[Places], None]
BROKEN: dict[Break, list[str]] = {
    a_flipped_byte: ["file_changed"],
    a_removed_file: ["file_missing"],
    a_changed_manifest: ["manifest_changed"],
    a_release_that_is_gone: ["file_missing"],
    a_pointer_that_says_nothing: ["file_unreadable"],
    a_root_that_says_nothing: ["no_catalog"],
    an_extra_column: ["columns_differ"],
}


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda broken: broken.__name__.replace("_", " "))
def test_an_audit_finds(break_it: Break, published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    break_it(places)
    assert [problem.code for problem in audited(places).problems] == BROKEN[break_it]


def test_a_sound_folder_verifies(published_city: Places) -> None:
    ran = palu("verify", published_city.public)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{published_city.public}: 2 rilis, 19 berkas diperiksa, 0 masalah.\n"


def test_a_folder_that_was_tampered_with_does_not(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    a_flipped_byte(places)
    ran = palu("verify", places=places)
    path = layout.release(CITY_ID, DATASET, str(current_release(places))) / f"{DATASET}.parquet"
    assert ran.code == 1
    assert ran.err == (
        f"Berkas {path} tidak lagi sama dengan manifesnya.\n"
        "Saran: Jangan percayai berkas itu; pulihkan dari cadangan.\n"
    )


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A public zone over HTTP, as `palu serve` serves it."""
    socket = listening(0)
    server = uvicorn.Server(uvicorn.Config(application(folder), log_level="error"))
    thread = Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def test_an_address_verifies_as_the_folder_behind_it(published_city: Places, tmp_path: Path) -> None:
    with served(published_city.public) as address:
        ran = palu("verify", address)
    assert (ran.code, ran.out) == (0, f"{address}: 2 rilis, 19 berkas diperiksa, 0 masalah.\n")
    broken = moved(published_city, tmp_path)
    a_removed_file(broken)
    with served(broken.public) as address:
        assert palu("verify", address).code == 1


def test_an_address_where_nobody_answers_is_the_operators_business() -> None:
    ran = palu("verify", "http://127.0.0.1:9")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("Server http://127.0.0.1:9 tidak dapat dihubungi (ConnectError).")


def test_the_root_names_the_cities(published_city: Places) -> None:
    assert json.loads((published_city.public / layout.CITIES).read_text()) == {"cities": [CITY_ID]}

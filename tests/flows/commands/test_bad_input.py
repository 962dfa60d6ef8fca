"""Bad input through the real command: one clear message in Indonesian that says what, where, and what to do."""

from pathlib import Path
from typing import Any

import pytest

from flows.settings import Places
from tests.flows.commands.running import Ran, palu
from tests.laws.made_up_city import CITY_ID, CONTRACT, ROWS, agree, contract, deliver, found_city

FAULTY: dict[str, dict[str, Any]] = {
    "berkas-tidak-ada": {"kind": "csv", "location": "dishub/titik*.csv"},
    "buku-rusak": {"kind": "spreadsheet", "location": "rusak.xlsx"},
    "dua-berkas": {"kind": "csv", "location": "titik-*.csv"},
    "kolom-berganti": {"kind": "csv", "location": "kolom-berganti.csv"},
    "lembar-salah": {"kind": "spreadsheet", "location": "buku.xlsx", "sheet": "Rekap"},
    "pengaturan-kosong": {"kind": "sql", "connection": "DISHUB_DB", "table": "titik"},
    "server-mati": {"kind": "http", "url": "http://127.0.0.1:9/titik.csv", "read": {"kind": "csv"}},
    "server-basis-data-mati": {"kind": "sql", "connection": "MATI_DB", "table": "titik"},
}
NO_DATABASE = "postgresql+psycopg://palu:rahasia-sekali@127.0.0.1:9/palu"
MESSAGES = {
    "berkas-tidak-ada": """\
! palu/berkas-tidak-ada: DITAHAN
    Berkas dataset berkas-tidak-ada belum ada: dishub/titik*.csv tidak ditemukan di <kota>/inbox. Rilis terakhir \
tetap berlaku.
    Saran: Letakkan berkas dari dinas di folder itu dengan nama yang sesuai, lalu jalankan lagi.
""",
    "buku-rusak": """\
! palu/buku-rusak: DITAHAN
    Berkas rusak.xlsx rusak atau bukan berkas jenis spreadsheet.
    Saran: Buka berkas dengan program asalnya, simpan ulang, lalu kirim kembali.
""",
    "dua-berkas": """\
! palu/dua-berkas: DITAHAN
    Ada lebih dari satu berkas untuk dataset dua-berkas (titik-*.csv): titik-1.csv, titik-2.csv, titik-uji.csv. Yang \
diharapkan: tepat satu.
    Saran: Pindahkan berkas lama ke folder lain, sisakan berkas yang berlaku.
""",
    "kolom-berganti": """\
! palu/kolom-berganti: DITAHAN
    Kolom yang diharapkan tidak ditemukan: Kapasitas. Kolom yang tidak dikenal: daya tampung (kolom ke-3).
    Saran: Jika judul kolom diganti, kembalikan judul lama atau tambahkan judul baru pada `column` di kontrak. Judul \
yang mungkin berisi data ditulis sebagai …
""",
    "lembar-salah": """\
! palu/lembar-salah: DITAHAN
    Lembar "Rekap" tidak ada dalam buku.xlsx. Lembar yang ada: Sheet.
    Saran: Kembalikan nama lembarnya, atau perbaiki `sheet` di kontrak.
""",
    "pengaturan-kosong": """\
✗ palu/pengaturan-kosong: GAGAL
    Pengaturan DISHUB_DB belum diisi. Yang diharapkan: alamat sambungan ke sumber data.
    Saran: Tulis satu baris DISHUB_DB=... di berkas <kota>/private/connections.env, atau isi sebagai variabel lingkungan.
""",
    "server-mati": """\
✗ palu/server-mati: GAGAL
    Server 127.0.0.1 tidak dapat dihubungi (ConnectError). Rilis terakhir tetap berlaku.
    Saran: Periksa jaringan dan alamatnya, lalu jalankan lagi.
""",
    "server-basis-data-mati": """\
✗ palu/server-basis-data-mati: GAGAL
    Basis data pada pengaturan MATI_DB tidak dapat dihubungi (OperationalError). Rilis terakhir tetap berlaku.
    Saran: Pastikan servernya menyala dan nama, sandi, serta jaringannya benar; lalu jalankan lagi.
""",
}
LIBRARY_WORDS = ("Traceback", "Exception", "sqlalchemy", "duckdb", "calamine", "pydantic", 'File "')


@pytest.fixture(scope="module")
def faulty_city(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A city in which every delivery is wrong in a way of its own."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    places = found_city(tmp_path_factory.mktemp("kota"), *(_one(name, source) for name, source in FAULTY.items()))
    deliver(places, ROWS, "titik-1.csv")
    deliver(places, ROWS, "titik-2.csv")
    deliver(places, ROWS.replace("kapasitas", "daya tampung"), "kolom-berganti.csv")
    (places.inbox / "rusak.xlsx").write_bytes(b"PK\x03\x04 bukan buku kerja")
    Workbook().save(places.inbox / "buku.xlsx")
    return places


def _one(name: str, source: dict[str, Any]) -> dict[str, Any]:
    return contract(id=name, source=source)


@pytest.fixture(scope="module")
def checked(faulty_city: Places) -> Ran:
    """`palu check` over all of them."""
    return palu("check", places=faulty_city, MATI_DB=NO_DATABASE)


def without_paths(text: str, places: Places) -> str:
    return text.replace(str(places.public.parent), "<kota>")


@pytest.mark.parametrize("dataset", sorted(FAULTY))
def test_a_check_says_what_is_wrong_where_and_what_to_do(dataset: str, checked: Ran, faulty_city: Places) -> None:
    assert MESSAGES[dataset] in without_paths(checked.out, faulty_city)


def test_a_check_says_nothing_else(checked: Ran, faulty_city: Places) -> None:
    assert without_paths(checked.out, faulty_city) == "".join(MESSAGES[name] for name in sorted(FAULTY))
    assert checked.err == ""
    assert [word for word in LIBRARY_WORDS if word in checked.out] == []
    assert "rahasia-sekali" not in checked.out


def test_the_gravest_fault_decides_the_exit_code(checked: Ran, faulty_city: Places) -> None:
    assert checked.code == 3
    assert palu("check", "berkas-tidak-ada", places=faulty_city).code == 1


def test_the_same_in_english(faulty_city: Places) -> None:
    ran = palu("check", "berkas-tidak-ada", "--lang", "en", places=faulty_city)
    assert without_paths(ran.out, faulty_city) == (
        "! palu/berkas-tidak-ada: HELD BACK\n"
        "    The file of dataset berkas-tidak-ada is missing: dishub/titik*.csv was not found in <kota>/inbox. "
        "The last release stays up.\n"
        "    Hint: Put the department's file there under that name, and run again.\n"
    )


def test_a_contract_with_faults_names_every_one_with_its_line(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    file = agree(places, {**CONTRACT, "lisense": "CC-BY-4.0", "theme": "JALAN"})
    ran = palu("check", places=places)
    lines = file.read_text().splitlines()
    theme, unknown = (1 + lines.index(line) for line in ("theme: JALAN", "lisense: CC-BY-4.0"))
    place = f"{CITY_ID}/dishub/{CONTRACT['id']}.yaml"
    assert ran.code == 2
    assert ran.out == ""
    assert f"{place}:{theme}: Isi theme tidak dikenal. Yang diharapkan: 'AGRI'," in ran.err
    assert f"{place}:{unknown}: Kunci lisense tidak dikenal (lisense).\nSaran: Mungkin maksudnya license?" in ran.err
    assert ran.err.endswith(
        f"Kontrak belum benar: 2 kesalahan, mulai dari berkas {place}. Tidak ada yang diterbitkan.\n"
        "Saran: Perbaiki baris-baris yang disebut di atas, lalu jalankan: palu check\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("check", "titik-parkr"),
            "Dataset titik-parkr tidak dikenal. Yang mirip atau yang ada: titik-uji.\n"
            "Saran: Lihat semua nama dengan: palu list\n",
        ),
        (
            ("publish", "--city", "donggala"),
            "Kota donggala tidak ada di <kota>/contracts. Yang ada: palu.\n"
            "Saran: Tulis kode kota seperti nama foldernya, misalnya --city palu.\n",
        ),
        (
            ("terbitkan",),
            "Perintah terbitkan tidak dikenal. Yang mirip atau yang ada: look, new, template, publish, check, "
            "decide, approve, list, serve, bundle, verify, withdraw, prefect, schema.\n"
            "Saran: Lihat semua perintah dengan: palu --help\n",
        ),
        (
            ("publish", "--kota", "palu"),
            "Pilihan --kota tidak dikenal oleh palu publish.\n"
            "Saran: Lihat pilihan yang ada dengan: palu publish --help\n",
        ),
        (
            ("withdraw", "titik-uji"),
            "--reason belum disebutkan.\nSaran: Lihat cara pakainya dengan: palu withdraw --help\n",
        ),
        (("list", "--lang", "fr"), "Bahasa fr tidak ada. Yang ada: id, en.\nSaran: Tulis --lang id atau --lang en.\n"),
        (
            ("verify", "/tidak/ada"),
            "Folder /tidak/ada tidak ada.\n"
            "Saran: Sebutkan folder katalog atau alamat http(s)-nya: palu verify public\n",
        ),
        (
            ("list", "--contracts", "/tidak/ada"),
            "Tidak ada kota di folder kontrak /tidak/ada. Yang diharapkan: <kota>/city.yaml.\n"
            "Saran: Periksa pilihan --contracts atau pengaturan PALU_CONTRACTS.\n",
        ),
    ],
    ids=[
        "an unknown dataset",
        "an unknown city",
        "an unknown verb",
        "an unknown option",
        "an option that is missing",
        "an unknown language",
        "nothing to verify",
        "no contracts",
    ],
)
def test_a_command_that_was_typed_wrongly_ends_with_2_and_a_hint(
    words: tuple[str, ...], said: str, published_city: Places
) -> None:
    ran = palu(*words, places=published_city)
    assert (ran.code, ran.out, without_paths(ran.err, published_city)) == (2, "", said)


def test_a_fault_that_nobody_foresaw_is_told_in_our_words(published_city: Places, tmp_path: Path) -> None:
    broken = tmp_path / "public"
    (broken / CITY_ID).mkdir(parents=True)
    (broken / CITY_ID / "catalog.json").write_text("{}")
    ran = palu("list", "--public", broken, places=published_city, PALU_PRIVATE=str(tmp_path / "private"))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("Terjadi kesalahan yang tidak terduga")
    assert [word for word in LIBRARY_WORDS if word in ran.err] == []
    assert len(list((tmp_path / "private/faults").iterdir())) == 1

"""Dishub's digital parking points, in a workbook as an office writes it: 200 points, 50 of them digital.

Faults on purpose: a letterhead, a header merged over two rows, a row of column numbers, `Rp 2.000,-`, decimal
commas, months in words, stray spaces, a total row, a signature block, a second sheet.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from samples import stable_zip
from samples.people import Attendant, attendants
from samples.places import Point, kelurahan_of_palu, point

POINTS = 200
DIGITAL_POINTS = 50
WRITTEN = datetime(2026, 4, 1, 8, 0, 0)
AREAS = ("727101", "727102", "727103", "727106", "727108")
STREETS = ("Jalan Contoh Raya", "Jalan Contoh Pasar", "Jalan Contoh Teluk", "Jalan Contoh Gunung")
KINDS = ("Ruas", "Pertokoan", "Pasar", "Taman", "Rumah Makan")
MONTHS = {1: "Januari", 2: "Februari", 3: "Maret"}

LETTERHEAD = (
    "PEMERINTAH KOTA PALU",
    "DINAS PERHUBUNGAN",
    "Jalan Contoh Nomor 1, Palu (alamat contoh)",
    None,
    "REKAPITULASI TITIK PARKIR DIGITAL (DATA CONTOH)",
    "Keadaan s.d. 31 Maret 2026",
    None,
)
HEADER = (
    ("No", None), ("Kode Titik", None), ("Nama Lokasi", None), ("Kelurahan", None), ("Kecamatan", None),
    ("Koordinat", "Lintang"), (None, "Bujur"), ("Kapasitas (SRP)", "Motor"), (None, "Mobil"),
    ("Pembayaran Digital", "Ya/Tidak"), (None, "Sejak"), ("Tarif Retribusi", "Motor"), (None, "Mobil"),
    ("Juru Parkir", "Nama"), (None, "NIK"), ("Setoran Bulan Ini", None),
)  # fmt: skip
SIGNATURE = (
    "Palu, 1 April 2026",
    "Kepala Dinas Perhubungan Kota Palu,",
    None,
    "(tanda tangan contoh)",
    "CONTOH PEJABAT, S.STP., M.Si.",
    "NIP. 19000000 000000 0 000",
)
SIGNATURE_COLUMN = 13
"""Under the car fee: signatures stand where the page has room, not where no column is."""


@dataclass(frozen=True, slots=True)
class ParkingPoint:
    """One parking point; `digital_since` is empty where cash alone is taken."""

    code: str
    name: str
    place: Point
    motorcycles: int
    cars: int
    digital_since: str
    attendant: Attendant
    deposit_rupiah: int

    @property
    def is_digital(self) -> bool:
        """Whether the point takes digital payment."""
        return bool(self.digital_since)


def parking_points(random: Random) -> tuple[ParkingPoint, ...]:
    """All points, in the order of their codes."""
    staff = attendants(random, POINTS, AREAS)
    places = kelurahan_of_palu()
    digital = set(random.sample(range(POINTS), DIGITAL_POINTS))
    return tuple(
        ParkingPoint(
            code=f"TP-{number + 1:03}",
            name=f"{random.choice(KINDS)} {random.choice(STREETS)} {number + 1}",
            place=point(random, *random.choice(places)),
            motorcycles=random.randint(8, 60),
            cars=random.randint(0, 20),
            digital_since=_day_in_words(random) if number in digital else "",
            attendant=staff[number],
            deposit_rupiah=random.randint(300, 4200) * 1000,
        )
        for number in range(POINTS)
    )


def _day_in_words(random: Random) -> str:
    return f"{random.randint(1, 28)} {MONTHS[random.randint(1, 3)]} 2026"


def write(path: Path, points: tuple[ParkingPoint, ...]) -> None:
    """Writes the workbook, the same bytes each time."""
    book = Workbook()
    book.properties.creator = "Dinas Perhubungan (contoh)"
    book.properties.created = WRITTEN
    sheet = book.worksheets[0]
    sheet.title = "Rekap"
    _write_heading(sheet)
    for number, parking in enumerate(points, start=1):
        sheet.append(_cells(number, parking))
    _write_footing(sheet, points)
    notes = book.create_sheet("Petunjuk")
    notes.append(["Isi lembar Rekap saja. Jangan mengubah judul kolom."])
    book.save(path)
    stable_zip.rewrite(path, WRITTEN)


def _write_heading(sheet: Worksheet) -> None:
    for line in LETTERHEAD:
        sheet.append([line])
        row = sheet.max_row
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(HEADER))
        sheet.cell(row, 1).alignment = Alignment(horizontal="center")
        sheet.cell(row, 1).font = Font(bold=True)
    top = len(LETTERHEAD) + 1
    for column, (upper, lower) in enumerate(HEADER, start=1):
        sheet.cell(top, column, upper)
        sheet.cell(top + 1, column, lower)
    _merge_header(sheet, top)
    sheet.append([f"({number})" for number in range(1, len(HEADER) + 1)])


def _merge_header(sheet: Worksheet, top: int) -> None:
    for column, (upper, lower) in enumerate(HEADER, start=1):
        if lower is None:
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
        if lower is not None and upper is not None:
            sheet.merge_cells(start_row=top, end_row=top, start_column=column, end_column=column + 1)


def _cells(number: int, parking: ParkingPoint) -> list[str | int]:
    place = parking.place
    return [
        number,
        f"{parking.code} " if number % 17 == 0 else parking.code,
        f"  {parking.name}" if number % 23 == 0 else parking.name,
        place.kelurahan,
        place.kecamatan,
        f"{place.latitude:.6f}".replace(".", ","),
        f"{place.longitude:.6f}".replace(".", ","),
        parking.motorcycles,
        parking.cars,
        "Ya" if parking.is_digital else "Tidak",
        parking.digital_since or "-",
        "Rp 2.000,-",
        "Rp 4.000,-",
        parking.attendant.name,
        parking.attendant.identity_number,
        rupiah(parking.deposit_rupiah),
    ]


def rupiah(amount: int) -> str:
    """An amount as offices write it: `Rp 2.000,-`."""
    return f"Rp {amount:,}".replace(",", ".") + ",-"


def _write_footing(sheet: Worksheet, points: tuple[ParkingPoint, ...]) -> None:
    row = sheet.max_row + 1
    sheet.cell(row, 1, "JUMLAH")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=7)
    sheet.cell(row, 8, sum(parking.motorcycles for parking in points))
    sheet.cell(row, 9, sum(parking.cars for parking in points))
    sheet.cell(row, 16, rupiah(sum(parking.deposit_rupiah for parking in points)))
    for offset, line in enumerate(SIGNATURE):
        sheet.cell(row + 2 + offset, SIGNATURE_COLUMN, line)

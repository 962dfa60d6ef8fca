"""A month of digital parking transactions, in a SQLite database as a payment application keeps them.

Faults on purpose: dates that an old application filled with zeros, stray spaces, vehicles that have not left.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from samples.parking_points import ParkingPoint
from samples.people import number_plate

TRANSACTIONS = 240_000
ZERO_DATES = 24
PLATES = 20_000
FIRST_MOMENT = datetime(2026, 3, 1, 6, 0, 0)
OPEN_SECONDS = 16 * 3600
DAYS = 31
CREATE = """
create table transaksi_parkir (
  id_transaksi text not null primary key,
  kode_titik text not null,
  waktu_masuk text not null,
  durasi_menit integer,
  jenis_kendaraan text not null,
  plat_nomor text not null,
  nik_juru_parkir text not null,
  metode_bayar text not null,
  jumlah_bayar integer not null
)
"""
INSERT = "insert into transaksi_parkir values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
METHODS = ("QRIS", "Kartu", "Dompet digital")
VEHICLES = (("Motor", 2000), ("Mobil", 4000))

Row = tuple[str, str, str, int | None, str, str, str, str, int]


def write(path: Path, random: Random, points: tuple[ParkingPoint, ...]) -> None:
    """Writes the database; `path` must not exist yet."""
    digital = [point for point in points if point.is_digital]
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(CREATE)
        database.executemany(INSERT, _rows(random, digital))


def _rows(random: Random, digital: list[ParkingPoint]) -> Iterator[Row]:
    plates = [number_plate(random) for _ in range(PLATES)]
    zero_dates = set(random.sample(range(TRANSACTIONS), ZERO_DATES))
    drawn = random.choices(digital, k=TRANSACTIONS)
    vehicles = random.choices(VEHICLES, weights=(4, 1), k=TRANSACTIONS)
    methods = random.choices(METHODS, weights=(7, 1, 2), k=TRANSACTIONS)
    for number, (point, (vehicle, fee), method, moment) in enumerate(
        zip(drawn, vehicles, methods, _moments(), strict=True)
    ):
        yield (
            f"TRX-2603-{number + 1:06}",
            f" {point.code}" if number % 5000 == 0 else point.code,
            "0000-00-00 00:00:00" if number in zero_dates else f"{moment:%Y-%m-%d %H:%M:%S}",
            None if number % 997 == 0 else 5 + int(random.random() * 175),
            vehicle,
            plates[int(random.random() * PLATES)],
            point.attendant.identity_number,
            method,
            fee,
        )


def _moments() -> Iterator[datetime]:
    """Moments spread evenly over the opening hours of each day of the month."""
    for number in range(TRANSACTIONS):
        day, second = divmod(number * DAYS * OPEN_SECONDS // TRANSACTIONS, OPEN_SECONDS)
        yield FIRST_MOMENT + timedelta(days=day, seconds=second)

"""Rows with seeded exempt values, and each kind of source that holds them."""

import csv
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import sqlalchemy as sa
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "wo", "yu", "zé")
EXEMPT = ("nik", "nama", "telepon", "alamat", "surel")
NAMES = ("kode", "jumlah", "catatan", *EXEMPT)
Row = dict[str, str]


def rows(seed: str, count: int) -> list[Row]:
    """`count` rows of one dataset; no exempt value stands in another dataset's rows."""
    chance = random.Random(seed)
    return [_row(chance, number) for number in range(1, count + 1)]


def _row(chance: random.Random, number: int) -> Row:
    name = f"{_word(chance)} {_word(chance)}"
    return {
        "kode": f"K-{number:05}",
        "jumlah": str(number % 40),
        "catatan": ("aman", "baik", "perlu dicek")[number % 3],
        "nik": "7271" + "".join(chance.choices("123456789", k=12)),
        "nama": name,
        "telepon": "08" + "".join(chance.choices("123456789", k=10)),
        "alamat": f'Jalan {_word(chance)} & {_word(chance)} "{chance.randrange(10, 999)}" RT {chance.randrange(1, 9)}',
        "surel": f"{name.replace(' ', '.').replace('é', 'e').lower()}@contoh.example",
    }


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=4)).capitalize()


def values(planted: Sequence[Row]) -> set[str]:
    """The exempt values of these rows."""
    return {row[name] for row in planted for name in EXEMPT}


def write_csv(file: Path, header: Sequence[str], planted: Sequence[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(header)
        writer.writerows(row.values() for row in planted)


def write_xlsx(file: Path, header: Sequence[str], planted: Sequence[Row]) -> None:
    book = openpyxl.Workbook()
    for row in (header, *(tuple(row.values()) for row in planted)):
        book.worksheets[0].append(list(row))
    book.save(file)


def write_ods(file: Path, header: Sequence[str], planted: Sequence[Row]) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for row in (header, *(tuple(row.values()) for row in planted)):
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(file))


def write_json(file: Path, header: Sequence[str], planted: Sequence[Row]) -> None:
    file.write_text(json.dumps(_records(header, planted)), encoding="utf-8")


def write_geojson(file: Path, header: Sequence[str], planted: Sequence[Row]) -> None:
    features = [{"type": "Feature", "geometry": None, "properties": one} for one in _records(header, planted)]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _records(header: Sequence[str], planted: Sequence[Row]) -> list[dict[str, Any]]:
    return [dict(zip(header, row.values(), strict=True)) for row in planted]


def fill_table(url: str, name: str, planted: Sequence[Row]) -> None:
    engine = sa.create_engine(url)
    columns = [sa.Column(column, sa.String(200), primary_key=column == "kode") for column in NAMES]
    table = sa.Table(name, sa.MetaData(), *columns)
    table.create(engine)
    with engine.begin() as connection:
        connection.execute(table.insert(), list(planted))
    engine.dispose()


Writer = Callable[[Path, Sequence[str], Sequence[Row]], None]
FILES: dict[str, tuple[str, Writer]] = {
    "csv": ("csv", write_csv),
    "xlsx": ("spreadsheet", write_xlsx),
    "ods": ("spreadsheet", write_ods),
    "json": ("json", write_json),
    "geojson": ("geojson", write_geojson),
    "http": ("json", write_json),
}
"""The ending of each kind's file names, the kind of source, and who writes it."""
DATABASES = ("sqlite", "postgresql", "mariadb")
KINDS = (*FILES, *DATABASES)

"""The register of exempt information: contracts and a day -> rows, and the rows as the page groups them.

Pure. A row says what is withheld and on which ground; no cell of any dataset can come in here.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from catalog.coarseness import in_words
from schemas.contracts import LANGUAGES, City, ContractField, Dataset, Disclosure, LocalText
from schemas.contracts.contract import Origin
from schemas.decisions import Standing, standing
from schemas.messages import wording
from schemas.register import register_contract

Row = dict[str, Any]
"""One withheld field: the columns of `schemas/register.yaml`, in their order; dates as ISO 8601."""
STANDINGS: dict[Standing, str] = {
    "in_force": "berlaku",
    "due": "segera diuji ulang",
    "expired": "jatuh tempo uji ulang, tetap ditutup",
    "incomplete": "belum lengkap",
    "undetermined": "belum diputuskan",
}
"""The words of the column `status`: part of the data, so they stand here and not among the pages' wordings."""


def rows(city: City, datasets: Iterable[Dataset], day: date) -> list[Row]:
    """A row a withheld field of a city's datasets, by dataset and in the order of its fields."""
    columns = [field.name for field in register_contract(city, "official").fields]
    found = [
        _of_dataset(city, dataset) | _of_field(field, day) | _treatment(field, dataset.disclosure)
        for dataset in sorted(datasets, key=lambda dataset: dataset.id)
        for field in dataset.withheld_fields
    ]
    return [{column: row[column] for column in columns} for row in found]


def origin(listed: list[Row]) -> Origin:
    """Whether the register itself is made up: where all that it lists is."""
    return "sample" if listed and all(row["data_contoh"] for row in listed) else "official"


def document(listed: list[Row]) -> bytes:
    """The rows as JSON records, the same bytes for the same rows."""
    return json.dumps(listed, ensure_ascii=False, indent=1).encode() + b"\n"


def _of_dataset(city: City, dataset: Dataset) -> Row:
    department = city.departments.get(dataset.department)
    return {
        "dataset": dataset.id,
        "judul_dataset": dataset.title.id,
        "judul_dataset_en": dataset.title.en,
        "produsen_data": department.id if department else dataset.department,
        "data_contoh": dataset.origin == "sample",
    }


def _of_field(field: ContractField, day: date) -> Row:
    ground = field.exemption
    earlier = ground.earlier_releases if ground else None
    return {
        "kolom": field.name,
        "judul_kolom": field.title.id,
        "judul_kolom_en": field.title.en,
        "akses": "dikecualikan" if ground else "belum diputuskan",
        "status": STANDINGS[standing(field, day)],
        "dasar_hukum": ground.law if ground else None,
        "nomor_keputusan": ground.decision if ground else None,
        "pejabat": ground.office if ground else None,
        "tanggal_keputusan": ground.decided.isoformat() if ground else None,
        "berlaku_sampai": ground.until.isoformat() if ground else None,
        **_in_both("alasan", ground.reason if ground else None),
        **_in_both("akibat_bila_dibuka", ground.if_opened if ground else None),
        **_in_both("manfaat_bila_ditutup", ground.if_closed if ground else None),
        **_in_both("rilis_lama", earlier.stay if earlier else None),
        "keputusan_rilis_lama": earlier.decision if earlier else None,
        "tanggal_keputusan_rilis_lama": earlier.decided.isoformat() if earlier else None,
        "cara": ground.method if ground else None,
    }


def _in_both(column: str, text: LocalText | None) -> Row:
    return {column: text.id if text else None, f"{column}_en": text.en if text else None}


def _treatment(field: ContractField, disclosure: Disclosure) -> Row:
    """What was done to the field, in plain words."""
    method = field.exemption.method if field.exemption else "undetermined"
    said = {
        language: " ".join((wording(f"method.{method}", language), *in_words(field, disclosure, language)))
        for language in LANGUAGES
    }
    return {"perlakuan": said["id"], "perlakuan_en": said["en"]}


@dataclass(frozen=True, slots=True)
class Listed:
    """A dataset's rows, as the register's page shows them together."""

    dataset: str
    title: str
    department: str
    rows: tuple[Row, ...]


def by_dataset(listed: Iterable[Row]) -> tuple[Listed, ...]:
    """The rows as they stand in a release of the register, grouped."""
    groups = ((name, tuple(group)) for name, group in groupby(listed, key=lambda row: row["dataset"]))
    return tuple(Listed(name, group[0]["judul_dataset"], group[0]["produsen_data"], group) for name, group in groups)


ON_ONE_PAGE = 300
"""Withheld fields that one page can tell in full, each with its ground: some 40 kB on the way."""
OTHERS = "lain"
"""For a department that the city's list does not name any more."""


def in_parts(city: City, listed: tuple[Listed, ...]) -> dict[str, tuple[Listed, ...]]:
    """What each department withholds, by its id, where the register is too long for one page; else no part."""
    if sum(len(one.rows) for one in listed) <= ON_ONE_PAGE:
        return {}
    known = {name.id: department for department, name in city.departments.items()}
    parts: dict[str, list[Listed]] = {}
    for one in listed:
        parts.setdefault(known.get(one.department, OTHERS), []).append(one)
    return {department: tuple(parts[department]) for department in sorted(parts)}

"""One valid contract and one valid city, as text and as models, for tests to change one thing in."""

import json
from typing import Any

from schemas.contracts import Contract
from schemas.contracts.loading import ContractError, Fault, Model, load

CITY = """\
id: palu
name: Kota Palu
title: {id: Data Terbuka Kota Palu, en: Palu City Open Data}
timezone: Asia/Makassar
publisher: Pemerintah Kota Palu
contact: {name: PPID Utama Kota Palu}
address: https://data.contoh.go.id/palu
departments:
  dishub: {id: Dinas Perhubungan, en: Transportation Office}
  setda: Sekretariat Daerah
"""

CONTRACT = """\
id: titik-parkir
department: dishub
title: {id: Titik parkir, en: Parking points}
description: Titik parkir tepi jalan.
theme: TRAN
keywords: {id: [parkir], en: [parking]}
license: CC-BY-4.0
origin: open
sources:
  - {title: Penerbit lain, path: https://contoh.go.id/parkir}
update: {cron: "0 6 5 * *", frequency: MONTHLY}
source: {kind: spreadsheet, location: "dishub/titik*.xlsx", sheet: Rekap}
missingValues: ["", "-"]
quarantine: {at_most: 2 %, because: Salah ketik.}
fields:
  - name: kode
    column: [Kode Titik, KODE]
    title: {id: Kode titik, en: Point code}
    type: string
    constraints: {required: true, unique: true, pattern: "TP-[0-9]{3}"}
    access: open
  - name: kapasitas
    title: Kapasitas
    type: integer
    constraints: {minimum: 0}
    access: open
  - name: nik
    title: NIK juru parkir
    type: string
    access: exempt
    exemption:
      law: UU 14/2008 Pasal 17 huruf h
      decision: CONTOH/001
      decided: 2026-02-10
      until: 2031-02-10
      reason: {id: Rahasia pribadi, en: Personal data}
      method: drop
  - name: catatan
    title: Catatan
    type: string
primaryKey: kode
rules:
  - expect: expect_column_values_to_be_between
    with: {column: kapasitas, max_value: 500}
    severity: warning
    because: Tidak ada yang lebih besar.
"""

EXEMPTION: dict[str, Any] = {
    "law": "UU 14/2008 Pasal 17 huruf h",
    "decision": "CONTOH/001",
    "decided": "2026-02-10",
    "until": "2031-02-10",
    "reason": "Rahasia pribadi",
}


def loaded(text: str = CONTRACT) -> Contract:
    return load(text, "titik.yaml", Contract)


def contract(*fields: dict[str, Any], **stated: Any) -> Contract:
    """A small contract of these fields, read as its file would be; a field is open text unless it says otherwise."""
    file: dict[str, Any] = {
        "id": "titik-parkir",
        "department": "dishub",
        "title": "Titik parkir",
        "description": "Titik parkir tepi jalan.",
        "license": "CC-BY-4.0",
        "origin": "sample",
        "source": {"kind": "csv", "location": "titik.csv"},
        "fields": [{"title": one["name"], "type": "string", "access": "open", **one} for one in fields],
    }
    return loaded(json.dumps(file | stated))  # JSON is YAML


def rule(expect: str, **arguments: Any) -> dict[str, Any]:
    return {"expect": expect, "with": arguments, "because": "Contoh."}


def faults_of(text: str, model: type[Model] = Contract) -> list[Fault]:  # type: ignore[assignment]
    """All that is wrong with a file; nothing where it loads."""
    try:
        load(text, "titik.yaml", model)
    except ContractError as error:
        return list(error.faults)
    return []


def codes_of(text: str, model: type[Model] = Contract) -> list[str]:  # type: ignore[assignment]
    return [fault.code for fault in faults_of(text, model)]


def changed(old: str, new: str, text: str = CONTRACT) -> str:
    """The valid text with one thing changed in it."""
    assert text.count(old) == 1, old
    return text.replace(old, new)

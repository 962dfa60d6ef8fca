"""The text of a draft is a contract that opens nothing, whatever the headers of a file are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contracts import Contract, FieldType
from schemas.contracts.base import Language
from schemas.contracts.drafting import Draft, DraftField, written
from schemas.contracts.loading import load

SAID = {
    "id": "lampu-jalan",
    "department": "dishub",
    "title": {"id": "Lampu jalan"},
    "description": {"id": "Lampu jalan kota."},
    "theme": "TRAN",
    "license": "CC-BY-4.0",
    "origin": "official",
}
SOURCE = {"kind": "csv", "location": "palu/dishub/lampu.csv"}
TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable() and bool(text.strip()))
KINDS: list[FieldType] = ["string", "integer", "number", "date", "year"]


def draft(
    *fields: DraftField, key: tuple[str, ...] = (), missing: tuple[str, ...] = ("",), file: str = "a.csv"
) -> Draft:
    return Draft(SAID, SOURCE, missing, fields, key, file, 12)


def loaded(one: Draft, language: Language = "id") -> Contract:
    return load(written(one, language), "draf.yaml", Contract)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(KINDS), st.lists(TEXTS, unique=True)), min_size=1), TEXTS)
def test_any_headers_and_lists_make_a_contract_that_says_the_same(
    columns: list[tuple[str, str, FieldType, list[str]]], file: str
) -> None:
    fields = [
        DraftField(f"k{number}", column, title, kind, enum=tuple(listed) if kind == "string" else ())
        for number, (column, title, kind, listed) in enumerate(columns)
    ]
    found = loaded(draft(*fields, file=file))
    assert [(one.column, one.title.id, one.type) for one in found.fields] == [
        ((one.column.strip(),), one.title.strip(), one.type) for one in fields
    ]
    stripped = [tuple(value.strip() for value in one.enum) or None for one in fields]
    assert [one.constraints.enum for one in found.fields] == stripped
    assert {one.access for one in found.fields} == {"undetermined"}
    assert found.public_fields == ()


WHOLE = DraftField(
    "kode",
    "Kode Titik",
    "Kode titik",
    "string",
    required=True,
    unique=True,
    pattern="[A-Z]{2}-[0-9]{3}",
    listed=("A", "B"),
    sensitive=("nik", "person"),
    notes=(("faulty", {"count": 3}),),
)
PRICE = DraftField("harga", "Harga (Rp)", "Harga", "number", {"decimalChar": ",", "groupChar": "."}, unit="rupiah")
WORKS = DraftField("nyala", "Nyala", "Nyala", "boolean", words={"trueValues": ("Ya",), "falseValues": ("Tidak",)})


def test_a_whole_draft_reads_as_an_officer_reads_it() -> None:
    assert (
        written(draft(WHOLE, PRICE, WORKS, key=("kode",), missing=("", "-")), "id")
        == """\
# Draf dari a.csv (12 baris) oleh palu new. Periksa setiap kolom; yang bertanda komentar perlu dilihat lebih dahulu.
# Tidak ada kolom yang terbit sebelum diputuskan: palu decide lampu-jalan
id: lampu-jalan
department: dishub
title: {id: Lampu jalan}
description: {id: Lampu jalan kota.}
theme: TRAN
license: CC-BY-4.0
origin: official
source: {kind: csv, location: palu/dishub/lampu.csv}
# Tulisan yang di berkas ini berarti kosong.
missingValues: ['', '-']
fields:
  # calon dikecualikan: mungkin NIK atau nomor KK
  # calon dikecualikan: mungkin nama orang
  # 3 sel tidak terbaca sebagai jenis ini; barisnya akan ditahan
  - name: kode
    column: [Kode Titik]
    title: {id: Kode titik}
    type: string
    constraints: {required: true, unique: true, pattern: '[A-Z]{2}-[0-9]{3}'}
    access: undetermined
  - name: harga
    column: [Harga (Rp)]
    title: {id: Harga}
    type: number
    decimalChar: ','
    groupChar: .
    unit: rupiah
    access: undetermined
  - name: nyala
    column: [Nyala]
    title: {id: Nyala}
    type: boolean
    trueValues: [Ya]
    falseValues: [Tidak]
    access: undetermined
# Pada 12 baris berkas ini kolom berikut tidak berulang; hapus bila itu kebetulan.
primaryKey: [kode]
"""
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_comments_change_nothing(language: Language) -> None:
    found = written(draft(WHOLE, PRICE), language)
    bare = re.sub(r"(?m)^ *#.*\n", "", found)
    assert bare != found
    assert load(bare, "draf.yaml", Contract).digest == loaded(draft(WHOLE, PRICE), language).digest


def test_a_file_name_writes_no_key_of_its_own() -> None:
    assert loaded(draft(WHOLE, file="a\naccess: open\n.csv")).public_fields == ()

"""A decision in the text of a contract: that field changes, and no other byte."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.contracts import Contract, Exemption
from schemas.contracts.amending import amended
from schemas.contracts.loading import load

TEXT = """\
# Kontrak ini ditulis dengan tangan.
id: contoh
department: dishub
title: {id: Contoh, en: Example}   # judul
description: >-
  Baris pertama,
  baris kedua.
license: CC-BY-4.0
origin: sample
source: {kind: csv, location: "a*.csv"}
fields:
  - name: kode
    title: Kode
    type: string
    access: open

  # yang berikut belum diputuskan
  - name: lurus   # catatan
    title: >-
      Judul
      panjang
    access: undetermined   # menunggu
    type: string
  - name: tanpa
    title: Tanpa keputusan
    type: string
  - {name: sebaris, title: Sebaris, access: undetermined, type: string}
  - {name: sebaris_tanpa, title: Sebaris, type: string}
  - name: ditutup
    access: exempt
    exemption:
      law: Hukum lama
      decision: LAMA/1
      decided: 2020-01-01
      until: 2030-01-01
      reason:
        id: >-
          Alasan
          lama
    # sesudah dasar hukum
    title: Ditutup
    type: string
  - {name: ditutup_sebaris, access: exempt, exemption: {law: a, decision: b, decided: 2020-01-01, until: 2030-01-01, reason: "x, {y}"}, title: D, type: string}
primaryKey: [kode]   # kunci
"""
GROUND: dict[str, Any] = {
    "law": "UU 14/2008 Pasal 17 huruf h",
    "decision": "KEP/1",
    "decided": "2026-02-10",
    "until": "2031-02-10",
    "office": "PPID: Utama",
    "reason": 'Rahasia "pribadi" # bukan komentar',
    "method": "drop",
}
FIELDS = ["lurus", "tanpa", "sebaris", "sebaris_tanpa", "ditutup", "ditutup_sebaris"]
every_layout = pytest.mark.parametrize("field", FIELDS)
every_newline = pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["Unix", "Windows"])


def read(text: str) -> Contract:
    return load(text, "contoh.yaml", Contract)


@every_newline
@every_layout
def test_a_field_is_withheld_with_its_ground(field: str, newline: str) -> None:
    found = read(amended(TEXT.replace("\n", newline), field, "exempt", GROUND)).field(field)
    assert (found.access, found.exemption) == ("exempt", Exemption.model_validate(GROUND))


@every_newline
@every_layout
def test_a_field_is_opened_and_its_ground_is_gone(field: str, newline: str) -> None:
    found = read(amended(TEXT.replace("\n", newline), field, "open", None)).field(field)
    assert (found.access, found.exemption) == ("open", None)


def others(text: str, field: str) -> list[str]:
    """The lines that are not about a field."""
    entries = re.split(r"(?m)^(?=  - |\w)", text)
    return [entry for entry in entries if not re.search(rf"name: {field}\b", entry)]


@every_layout
def test_every_byte_about_other_fields_and_every_comment_stays(field: str) -> None:
    after = amended(TEXT, field, "exempt", GROUND)
    assert after != TEXT
    assert others(after, field) == others(TEXT, field)
    comments = re.findall(r"#.*", TEXT)
    assert len(comments) == 7
    assert [comment for comment in comments if comment not in after] == []


def test_the_new_lines_stand_where_a_person_would_write_them() -> None:
    after = amended(TEXT, "lurus", "exempt", GROUND)
    assert (
        "    access: exempt   # menunggu\n"
        "    exemption:\n"
        "      law: UU 14/2008 Pasal 17 huruf h\n"
        "      decision: KEP/1\n"
    ) in after


def test_a_last_line_without_an_end_is_no_trouble() -> None:
    text = "\n".join(line for line in TEXT.splitlines() if "primaryKey" not in line and "ditutup_sebaris" not in line)
    assert read(amended(text, "ditutup", "open", None)).field("ditutup").access == "open"
    text = text[: text.index("  - {name: sebaris,")].rstrip("\n")
    assert read(amended(text, "tanpa", "exempt", GROUND)).field("tanpa").exemption is not None


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(KeyError):
        amended(TEXT, "tidak_ada", "open", None)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"]), min_size=1)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(FIELDS), WORDS.filter(str.strip))
def test_whatever_is_typed_comes_back_as_it_was_typed(field: str, words: str) -> None:
    said = {**GROUND, "reason": words}
    found = read(amended(TEXT, field, "exempt", said)).field(field).exemption
    assert found == Exemption.model_validate(said)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FIELDS), st.booleans()), max_size=6))
def test_any_row_of_decisions_leaves_the_last_of_each_field(decisions: list[tuple[str, bool]]) -> None:
    text = TEXT
    for field, opens in decisions:
        text = amended(text, field, "open", None) if opens else amended(text, field, "exempt", GROUND)
    last = dict(decisions)
    assert all(read(text).field(field).access == ("open" if opens else "exempt") for field, opens in last.items())

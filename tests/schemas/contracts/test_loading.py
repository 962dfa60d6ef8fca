"""The strict loader: every fault of a file at once, with its line; nothing but ContractError gets out."""

import pytest

from schemas.contracts import City, Contract
from schemas.contracts.loading import MAX_CHARACTERS, Fault, load
from schemas.messages import message
from tests.schemas.making import CITY, CONTRACT, changed, codes_of, faults_of, loaded


def line_of(text: str, words: str) -> int:
    [line] = [number for number, line in enumerate(text.splitlines(), start=1) if words in line]
    return line


def test_the_valid_files_load() -> None:
    assert loaded().id == "titik-parkir"
    assert load(CITY, "city.yaml", City).departments.keys() == {"dishub", "setda"}


def test_every_fault_of_a_file_is_told_at_once_with_its_line() -> None:
    text = CONTRACT
    for old, new in [
        ("theme: TRAN", "theme: PARKIR"),
        ("type: integer", "tipe: integer"),
        ("at_most: 2 %", "at_most: 200 %"),
        ("decided: 2026-02-10", "decided: 10 Februari"),
        ('cron: "0 6 5 * *"', 'cron: "setiap bulan"'),
    ]:
        text = changed(old, new, text)
    told = {(fault.line, fault.code) for fault in faults_of(text)}
    assert told == {
        (line_of(text, "PARKIR"), "not_one_of"),
        (line_of(text, "tipe:"), "key_unknown_nearest"),
        (line_of(text, "name: kapasitas"), "key_missing"),
        (line_of(text, "200 %"), "out_of_range"),
        (line_of(text, "10 Februari"), "date"),
        (line_of(text, "setiap bulan"), "cron"),
    }


def test_an_unknown_key_hides_no_fault_between_keys() -> None:
    text = changed("    access: exempt\n", "    acces: exempt\n")
    assert codes_of(text) == ["exemption_unexpected", "key_unknown_nearest"]


@pytest.mark.parametrize(
    ("old", "new", "key", "nearest"),
    [
        pytest.param("theme: TRAN", "tema: TRAN", "tema", "theme", id="at the top"),
        pytest.param("type: integer", "typ: integer", "typ", "type", id="in a field"),
        pytest.param("{minimum: 0}", "{minimun: 0}", "minimun", "minimum", id="in the constraints of a field"),
        pytest.param("method: drop", "metod: drop", "metod", "method", id="in an exemption"),
        pytest.param("title: Penerbit", "titel: Penerbit", "titel", "title", id="in an item of a list"),
        pytest.param("sheet: Rekap", "shet: Rekap", "shet", "sheet", id="in a source, by its kind"),
        pytest.param(
            "{kind: spreadsheet, location:",
            "{kind: http, url: https://contoh.go.id/a, read: {kind: csv, delimeter: ;}, x:",
            "delimeter",
            "delimiter",
            id="in a layout inside a source",
        ),
        pytest.param("severity: warning", "severty: warning", "severty", "severity", id="in a rule"),
        pytest.param("max_value: 500}", "max_value: 500}\n    whith: {}", "whith", "with", id="a key's written name"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_known_one(old: str, new: str, key: str, nearest: str) -> None:
    told = [fault.names for fault in faults_of(changed(old, new)) if fault.code == "key_unknown_nearest"]
    assert [(names["key"], names["nearest"]) for names in told][:1] == [(key, nearest)]


def test_an_unknown_key_below_a_department_is_told_with_the_nearest_known_one() -> None:
    [fault] = faults_of(changed("en: Transportation", "enn: Transportation", CITY), City)
    assert (fault.code, fault.line, fault.names["nearest"]) == ("key_unknown_nearest", 9, "en")


def test_a_key_that_is_called_like_the_kind_of_its_source_is_told() -> None:
    told = faults_of(changed("kind: spreadsheet,", "kind: spreadsheet, spreadsheet: x,"))
    assert [(fault.code, fault.names["key"]) for fault in told] == [("key_unknown_nearest", "spreadsheet")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("theme: TRAN", "theme: TRAN\ntheme: ECON", "key_twice", id="a key twice"),
        pytest.param("decided: 2026", "law: UU\n      decided: 2026", "key_twice", id="a key twice, deep down"),
        pytest.param("theme: TRAN", "? [a, b]\n: c", "key_no_text", id="a key that is a list"),
        pytest.param("theme: TRAN", "theme: &a TRAN", "yaml", id="an anchor"),
        pytest.param("theme: TRAN", "theme: *a", "yaml", id="an alias"),
        pytest.param("theme: TRAN", "theme: !!str TRAN", "yaml", id="a tag of YAML's own"),
        pytest.param("theme: TRAN", "theme: !!python/object:os.system TRAN", "yaml", id="a tag of Python's"),
        pytest.param("theme: TRAN", "theme: ! TRAN", "", id="the tag that means nothing"),
        pytest.param("theme: TRAN", "theme: TRAN\n\tx: 1", "yaml", id="a tab as indentation"),
        pytest.param("theme: TRAN", 'theme: "TRAN', "yaml", id="a quote that never closes"),
        pytest.param("theme: TRAN", 'theme: "\\UFFFFFFFF"', "yaml", id="an escape beyond Unicode"),
        pytest.param("theme: TRAN", 'theme: "\\uD800"', "yaml", id="half a character"),
        pytest.param("theme: TRAN", "theme: TR\x00AN", "yaml", id="a null byte"),
        pytest.param("theme: TRAN", "theme: TRAN\n---\nid: x", "yaml", id="a second document"),
        pytest.param("theme: TRAN", "theme: TRAN\n<<: {a: b}", "key_unknown", id="a merge"),
        pytest.param("theme: TRAN", "theme:", "not_one_of", id="a key without a value"),
        pytest.param("origin: open", "", "key_missing", id="a required key left out"),
    ],
)
def test_yaml_is_read_strictly(old: str, new: str, code: str) -> None:
    assert codes_of(changed(old, new)) == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("", "not_a_mapping", id="nothing"),
        pytest.param("# hanya komentar\n", "not_a_mapping", id="a comment only"),
        pytest.param("- a\n- b\n", "not_a_mapping", id="a list"),
        pytest.param("kata", "not_a_mapping", id="a word"),
        pytest.param("a: " + "[" * 50_000, "yaml", id="nested without end"),
        pytest.param("\n".join(" " * depth + "a:" for depth in range(900)), "yaml", id="nested by indentation"),
        pytest.param("a: " + "{a: " * 2_000 + "1" + "}" * 2_000, "yaml", id="nested in braces, and closed"),
        pytest.param("id: " + "x" * MAX_CHARACTERS, "too_long", id="larger than a contract may be"),
    ],
)
def test_a_file_that_is_no_contract_at_all_is_one_fault(text: str, code: str) -> None:
    [fault] = faults_of(text)
    assert (fault.code, fault.line) == (code, 1) or (fault.code == code == "yaml")


@pytest.mark.parametrize("depth", [10, 45, 55, 300, 490, 1000])
def test_no_depth_lets_a_recursion_error_out(depth: int) -> None:
    assert faults_of("id: " + "[" * depth + "]" * depth)


@pytest.mark.parametrize(
    "text", ["72.10", "012", "yes", "null", "~", "2026-02-10", "1e3", "0x1F", "0o17", "1_000", "3:25"]
)
def test_a_bare_scalar_stays_the_text_that_stands_there(text: str) -> None:
    contract = loaded(
        changed(
            'constraints: {required: true, unique: true, pattern: "TP-[0-9]{3}"}', f"constraints: {{enum: [{text}]}}"
        )
    )
    assert contract.fields[0].constraints.enum == (text,)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("decided: 2026-02-10", "decided: 86400", "date", id="seconds are no date"),
        pytest.param("decided: 2026-02-10", "decided: 2026-02-30", "date", id="no such day"),
        pytest.param("until: 2031-02-10", "until: 2026-02-10", "exemption_period", id="an exemption of no length"),
        pytest.param("at_most: 2 %", "at_most: banyak %", "number", id="a share that is a word"),
        pytest.param("at_most: 2 %", "at_most: NaN", "number", id="a share that is not a number"),
        pytest.param("at_most: 2 %", "at_most: .inf", "number", id="a share without end"),
        pytest.param("unique: true", "unique: mungkin", "true_or_false", id="neither true nor false"),
        pytest.param("{minimum: 0}", "{minimum: nol}", "bound_type", id="a bound that is no number"),
        pytest.param("{minimum: 0}", "{minimum: 5, maximum: 4}", "limits_reversed", id="bounds reversed"),
        pytest.param("unique: true", "minLength: 5, maxLength: 4", "limits_reversed", id="lengths reversed"),
        pytest.param("{minimum: 0}", "{pattern: a}", "text_constraint", id="a pattern for numbers"),
        pytest.param('"TP-[0-9]{3}"', '"TP-("', "pattern_invalid", id="a pattern that is none"),
        pytest.param('"TP-[0-9]{3}"', '"(?=TP)"', "pattern_unsupported", id="a pattern with look-ahead"),
        pytest.param("dishub/titik*.xlsx", "../titik.xlsx", "location_outside", id="a file above the inbox"),
        pytest.param("dishub/titik*.xlsx", "/etc/passwd", "location_outside", id="a file by its whole path"),
        pytest.param("column: kapasitas,", "column: kapsitas,", "field_unknown", id="a rule over an unknown field"),
        pytest.param("primaryKey: kode", "primaryKey: kod", "field_unknown", id="an unknown primary key"),
        pytest.param("name: catatan", "name: kode", "field_twice", id="a field twice"),
        pytest.param("name: kode", "name: Kode Titik", "pattern", id="a header as a name"),
        pytest.param("kind: spreadsheet", "kind: excel", "not_one_of", id="an unknown kind of source"),
        pytest.param("kind: spreadsheet, ", "", "key_missing", id="a source without its kind"),
        pytest.param("update: {", "contact: kantor\nupdate: {", "mapping", id="a word in place of keys"),
        pytest.param("0 6 5 * *", "9" * 5000 + " * * * *", "cron", id="a schedule of absurd length"),
        pytest.param("0 6 5 * *", "0 6 31 2 *", "cron", id="a schedule that never comes"),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_one_fault(old: str, new: str, code: str) -> None:
    assert codes_of(changed(old, new)) == [code]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "ftp://contoh.go.id/", "contoh.go.id", "//contoh.go.id", "https://",
     "https://u:rahasia@contoh.go.id/", "'https://contoh.go.id/a b'", "'https://[contoh'", "'https://a.id/\"x'"],
)  # fmt: skip
def test_an_address_is_one_of_the_web_without_a_password(address: str) -> None:
    assert codes_of(changed("https://contoh.go.id/parkir", address.replace(",", "%2C"))) == ["web_address"]
    assert codes_of(changed("https://data.contoh.go.id/palu", address, CITY), City) == ["web_address"]


@pytest.mark.parametrize(
    ("kind", "address", "codes"),
    [
        pytest.param("email", "data@contoh.go.id", [], id="a mailbox"),
        pytest.param("lapor", "https://www.lapor.go.id/", [], id="the national service"),
        pytest.param("form", "https://contoh.go.id/lapor?isi={body}", [], id="a form that is filled in"),
        pytest.param("email", "https://contoh.go.id/", ["email_address"], id="an address of the web as a mailbox"),
        pytest.param("email", "a@b.id?bcc=semua", [], id="what looks like a header, which the page encodes"),
        pytest.param("form", "javascript:alert(1)", ["web_address"], id="a script"),
        pytest.param("lapor", "data@contoh.go.id", ["web_address"], id="a mailbox as an address of the web"),
    ],
)
def test_a_channel_leads_to_a_mailbox_or_the_web(kind: str, address: str, codes: list[str]) -> None:
    stated = f'{CITY}channels:\n  - {{kind: {kind}, address: "{address}"}}\n'
    assert (codes_of(stated, City) if codes else load(stated, "city.yaml", City).channels[0].kind) == (codes or kind)


def worded(fault: Fault) -> bool:
    return all(message(f"fault.{fault.code}", fault.names, language).what for language in ("id", "en"))


def test_a_file_of_a_megabyte_is_refused_in_words() -> None:
    [fault] = faults_of("id: " + "x" * 1_100_000, Contract)
    assert worded(fault)
    assert "x" * 100 not in str(fault.names)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert codes_of("\ufeff" + CONTRACT) == []

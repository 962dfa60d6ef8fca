"""Units of measure as offices spell them, and the words that multiply a number. Converts nothing."""

SCALES: dict[str, int] = {
    "ribu": 3,
    "rb": 3,
    "juta": 6,
    "jt": 6,
    "miliar": 9,
    "milyar": 9,
    "mlr": 9,
    "milyard": 9,
    "triliun": 12,
    "trilyun": 12,
}
"""Each word and the power of ten that it stands for. `M` is left out: it is written for million and for milliard."""

SPELLINGS: tuple[frozenset[str], ...] = (
    frozenset({"%", "persen", "percent", "pct"}),
    frozenset({"ha", "hektar", "hektare"}),
    frozenset({"m", "meter", "mtr"}),
    frozenset({"km", "kilometer"}),
    frozenset({"cm", "sentimeter"}),
    frozenset({"mm", "milimeter"}),
    frozenset({"m2", "m²", "m^2", "meter persegi", "meter2"}),
    frozenset({"km2", "km²", "km^2", "kilometer persegi"}),
    frozenset({"m3", "m³", "m^3", "meter kubik"}),
    frozenset({"kg", "kilogram"}),
    frozenset({"kw", "kwt", "kuintal", "kwintal"}),
    frozenset({"ton", "tons"}),
    frozenset({"l", "liter", "ltr"}),
    frozenset({"orang", "org", "jiwa"}),
    frozenset({"kk", "kepala keluarga"}),
    frozenset({"rupiah", "rp", "idr"}),
    frozenset({"buah", "bh"}),
    frozenset({"batang", "btg"}),
    frozenset({"tahun", "thn", "th"}),
    frozenset({"bulan", "bln"}),
    frozenset({"hari", "hr"}),
    frozenset({"jam"}),
    frozenset({"menit", "mnt"}),
    frozenset({"°c", "derajat celsius", "celsius"}),
)
"""Spellings of one unit, in lower case. A unit that is not listed is spelled as the contract spells it."""

_MONEY = next(group for group in SPELLINGS if "rupiah" in group)


def spellings(unit: str | None) -> frozenset[str]:
    """How cells may write a declared unit, in lower case; nothing where none is declared.

    `juta rupiah` is also written `juta`: there the word is the unit's own, and multiplies nothing.
    """
    if unit is None:
        return frozenset()
    said = " ".join(unit.lower().split())
    scale, _, counted = said.partition(" ")
    if scale in SCALES:
        return frozenset({said, *_same_scale(scale), *(f"{scale} {word}" for word in spellings(counted))})
    return next((group for group in SPELLINGS if said in group), frozenset({said} - {""}))


def scale_of(unit: str | None) -> int:
    """The power of ten that a declared unit counts in: 6 for `juta rupiah`, 0 for `orang`."""
    return SCALES.get((unit or "").lower().partition(" ")[0].strip(), 0)


def counts_money(unit: str | None) -> bool:
    """Whether `Rp` before a number says the same as the declared unit; any may stand where none is declared."""
    if unit is None:
        return True
    return bool(_MONEY & set(unit.lower().replace("/", " ").split()))


def _same_scale(word: str) -> frozenset[str]:
    return frozenset(other for other, power in SCALES.items() if power == SCALES[word])

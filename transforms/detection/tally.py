"""What was counted of one kind in one column, and what that means."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.contracts import ContractField
from schemas.contracts.clearance import Kind
from schemas.contracts.rules import Severity

from .strength import Strength

TELLING: dict[Kind, tuple[str, ...]] = {
    "nik": ("nik", "ktp", "kk", "kartu keluarga", "induk kependudukan", "identitas", "no kk"),
    "npwp": ("npwp", "wajib pajak", "pokok wajib"),
    "nip": ("nip", "induk pegawai", "nipppk", "ni pppk"),
    "phone": ("telp", "telepon", "telpon", "tlp", "hp", "wa", "whatsapp", "ponsel", "handphone", "phone", "kontak"),
    "plate": ("plat", "pelat", "nopol", "tnkb", "no polisi", "nomor polisi", "plate", "nomor kendaraan"),
    "email": ("email", "e mail", "surel"),
    "formula": (),
}
"""Words of a field's name or title that say what its numbers are."""

_MANY = 3
_SHARE_OF_CERTAIN = 0.2
"""Below it they are few among others of their like, as with random 16-digit codes, of which 0.2 % look certain,
and microsecond timestamps, up to 7.4 % within three hours of a bad day."""
_SHARE_OF_LIKELY = 0.6
_SHARE_BY_CHANCE = 0.2
"""So many of any numbers pass as likely; below it there is nothing to tell a person."""


@dataclass(slots=True)
class Tally:
    """Rows by strength. `peers` are the rows that look the same from afar, hits among them."""

    kind: Kind
    rows: dict[Strength, int] = field(default_factory=dict)
    peers: int = 0

    def add(self, strength: Strength, rows: int) -> None:
        """Count `rows` rows more."""
        self.rows[strength] = self.rows.get(strength, 0) + rows

    def at_least(self, strength: Strength) -> int:
        """Rows of this strength and of higher ones."""
        return sum(rows for one, rows in self.rows.items() if one >= strength)

    @property
    def share_matters(self) -> bool:
        """Whether `peers` may change the verdict."""
        return self.kind in ("nik", "npwp", "nip", "phone") and self.at_least(Strength.LIKELY) > 0


def is_telling(name: ContractField, kind: Kind) -> bool:
    """Whether the field says by its name or title that it holds this kind."""
    title = f"{name.name} {name.title.id} {name.title.en or ''}".lower()
    words = " " + "".join(letter if letter.isalnum() else " " for letter in title) + " "
    spaced = " ".join(words.split())
    return any(f" {word} " in f" {spaced} " for word in TELLING[kind])


def of_text(tally: Tally, telling: Sequence[Kind]) -> tuple[Severity, int] | None:
    """What a text column's tally means and how many rows it is about; one certain cell is enough."""
    certain, likely = tally.at_least(Strength.CERTAIN), tally.at_least(Strength.LIKELY)
    if tally.kind in telling and tally.at_least(Strength.FAINT):
        return "blocker", tally.at_least(Strength.FAINT)
    if likely and likely >= _SHARE_OF_LIKELY * tally.peers:
        return "blocker", likely
    if certain and certain >= _SHARE_OF_CERTAIN * tally.peers:
        return "blocker", likely if likely >= _SHARE_OF_LIKELY * tally.peers else certain
    return _warning(tally, certain, likely)


def of_numbers(tally: Tally, telling: Sequence[Kind]) -> tuple[Severity, int] | None:
    """What a number column's tally means; without a telling name it takes many, and most of their like."""
    certain, likely = tally.at_least(Strength.CERTAIN), tally.at_least(Strength.LIKELY)
    if tally.kind in telling and tally.at_least(Strength.FAINT):
        return "blocker", tally.at_least(Strength.FAINT)
    if certain >= _MANY and certain >= tally.peers / 2:
        return "blocker", certain
    if likely >= 10 and likely >= _SHARE_OF_LIKELY * tally.peers:
        return "blocker", likely
    return _warning(tally, certain, likely)


def _warning(tally: Tally, certain: int, likely: int) -> tuple[Severity, int] | None:
    more_than_chance = certain or (likely if likely >= _SHARE_BY_CHANCE * tally.peers else 0)
    shown = more_than_chance or tally.rows.get(Strength.OFFICIAL, 0)
    return ("warning", shown) if shown else None

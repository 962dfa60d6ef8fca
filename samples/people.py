"""Invented people: names, identity numbers, plates and telephones that look real and belong to nobody.

Every number uses a series that is never given out, and every name starts with "Contoh".
"""

from dataclasses import dataclass
from random import Random

GIVEN_NAMES = (
    "Andi", "Moh. Rizal", "Siti", "Nurlela", "Renée", "Ferdinan", "Arham", "Wulan", "Yosef", "Hasnah",
    "Gusti", "Irma", "Sofyan", "Debora", "Fadli", "Maryam",
)  # fmt: skip
FAMILY_NAMES = (
    "Lasoso", "Tandeka", "Pasiga", "Lamakarate", "Rondonuwu", "Mangge", "Tolama", "Daepalu", "Sombo",
    "Patadjenu", "Lagimpu", "Batalipu", "Yodjodolo", "Rantesalu", "Marunduh", "Pakaya",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attendant:
    """A parking attendant who does not exist."""

    name: str
    identity_number: str


def name(random: Random) -> str:
    """A person's name; two calls may give the same."""
    return f"Contoh {random.choice(GIVEN_NAMES)} {random.choice(FAMILY_NAMES)}"


def identity_number(random: Random, area: str) -> str:
    """A NIK of the six-digit `area`; serials start at 0001, so 0000 belongs to nobody."""
    day = random.randint(1, 28) + random.choice((0, 40))
    return f"{area}{day:02}{random.randint(1, 12):02}{random.randint(60, 99):02}0000"


def employee_number(random: Random) -> str:
    """A NIP; serials start at 001, so 000 belongs to nobody."""
    born = f"{random.randint(1966, 1999)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    appointed = f"{random.randint(2000, 2025)}{random.randint(1, 12):02}"
    return f"{born}{appointed}{random.randint(1, 2)}000"


def number_plate(random: Random) -> str:
    """A plate of Central Sulawesi; a number never starts with 0, so it belongs to nobody."""
    letters = "".join(random.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(2))
    return f"DN 0{random.randint(0, 999):03} {letters}"


def telephone(random: Random) -> str:
    """A mobile number in a block of zeros that no operator gives out."""
    return f"0810-0000-{random.randint(0, 9999):04}"


def attendants(random: Random, count: int, areas: tuple[str, ...]) -> tuple[Attendant, ...]:
    """`count` attendants with identity numbers that differ."""
    found: dict[str, Attendant] = {}
    while len(found) < count:
        number = identity_number(random, random.choice(areas))
        found[number] = Attendant(name(random), number)
    return tuple(found.values())

"""Made-up identifiers, and the ways in which spreadsheets, exports and people damage them. Everything is seeded.

Written from the rules of the identifiers, not from the code that looks for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

AREAS = [
    "727101",
    "727103",
    "727108",
    "720201",
    "110101",
    "127101",
    "137101",
    "147105",
    "157102",
    "167106",
    "170901",
    "187112",
    "190601",
    "217101",
    "317401",
    "320113",
    "327526",
    "337415",
    "340214",
    "357817",
    "360328",
    "517102",
    "527104",
    "530612",
    "617104",
    "620301",
    "637102",
    "640305",
    "647404",
    "650102",
    "657103",
    "717105",
    "730901",
    "737114",
    "747106",
    "757102",
    "760401",
    "817103",
    "827201",
    "910801",
    "917103",
    "920901",
    "927105",
    "930101",
    "940202",
    "950103",
    "960105",
    "317107",
]
WOMEN_ADD = 40
OPERATORS = [
    "811",
    "812",
    "813",
    "821",
    "822",
    "823",
    "831",
    "838",
    "851",
    "852",
    "853",
    "856",
    "857",
    "858",
    "877",
    "878",
    "881",
    "882",
    "895",
    "896",
    "897",
    "898",
    "899",
]
HOSTS = ["gmail.com", "yahoo.co.id", "hotmail.com", "ymail.com", "contoh-niaga.co.id", "example.org", "outlook.com"]
NAMES = ["budi", "siti", "andi", "dewi", "rahmat", "nurul", "agus", "fitri", "yusuf", "lestari", "hasan", "wati"]
SENTENCES = (
    "Sudah diverifikasi oleh petugas ({}) pada hari Senin",
    "data: {}, lihat berkas 12",
    "{} a.n. Siti",
    "pemilik {};",
    "Catatan petugas lapangan pada 12/03/2026 pukul 08.30: {}",
    '"{}"',
)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

Make = Callable[[Random], str]
Damage = Callable[[str, Random], str]


def nik(random: Random) -> str:
    """A woman's or a man's, of an area anywhere in the country."""
    day = random.randint(1, 28) + random.choice([0, WOMEN_ADD])
    date = f"{day:02}{random.randint(1, 12):02}{random.randint(0, 99):02}"
    return f"{random.choice(AREAS)}{date}{random.randint(1, 9999):04}"


def nip(random: Random) -> str:
    """A civil servant's; one in three is a PPPK's, with a count of contracts in place of the month."""
    born = random.randint(1962, 2002)
    appointed = f"{born + random.randint(19, 24)}"
    month = "21" if random.random() < 0.33 else f"{random.randint(1, 12):02}"
    birth = f"{born}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    return f"{birth}{appointed}{month}{random.choice('12')}{random.randint(1, 60):03}"


def npwp(random: Random) -> str:
    """15 digits, the ninth a Luhn check digit over the eight before."""
    body = f"{random.choice([1, 2, 3, 4, 6, 7, 8, 9, 24, 36, 47, 58, 71, 85, 92]):02}{random.randint(0, 999999):06}"
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(body)]
    check = -sum(value // 10 + value % 10 for value in doubled) % 10
    return f"{body}{check}{random.randint(1, 999):03}{random.choice(['000', '001', '012'])}"


def phone(random: Random) -> str:
    """A mobile number of 11 to 13 digits."""
    return f"0{random.choice(OPERATORS)}" + "".join(random.choices("0123456789", k=random.randint(7, 9)))


def email(random: Random) -> str:
    return f"{random.choice(NAMES)}{random.choice(['.', '_', ''])}{random.choice(NAMES)}{random.randint(1, 99)}@{random.choice(HOSTS)}"


def plate(random: Random) -> str:
    """`DN` as in Central Sulawesi, 1 to 4 digits, 1 to 3 letters."""
    letters = "".join(random.choices("ABCDEFGHIJKLNPQRSTUVWXYZ", k=random.randint(1, 3)))
    return f"DN {random.randint(1, 9999)} {letters}"


def grouped(*lengths: int, by: str) -> Damage:
    """Cut into groups of these lengths."""

    def cut(text: str, _: Random) -> str:
        ends = [sum(lengths[: place + 1]) for place in range(len(lengths))]
        return by.join(text[end - length : end] for end, length in zip(ends, lengths, strict=True))

    return cut


def thousands(by: str) -> Damage:
    return lambda text, _: f"{int(text):,}".replace(",", by)


def written(form: str) -> Damage:
    """The identifier inside something else."""
    return lambda text, _: form.format(text)


def with_zeros(lost: int) -> Damage:
    """Excel keeps 15 digits."""
    return lambda text, _: text[:-lost] + "0" * lost


def scientific(kept: int) -> Damage:
    """As a spreadsheet shows it: `7.27101E+15`."""
    return lambda text, _: f"{text[0]}.{text[1:kept]}".rstrip("0").rstrip(".") + f"E+{len(text) - 1}"


def masked(first: int, last: int, mark: str) -> Damage:
    return lambda text, _: text[:first] + mark * (len(text) - first - last) + (text[-last:] if last else "")


def as_npwp(text: str, _: Random) -> str:
    return f"{text[:2]}.{text[2:5]}.{text[5:8]}.{text[8]}-{text[9:12]}.{text[12:]}"


def within(damage: Damage) -> Damage:
    """Damaged, and inside a sentence."""
    return lambda text, random: random.choice(SENTENCES).format(damage(text, random))


def intact(text: str, _: Random) -> str:
    return text


def full_width(text: str, _: Random) -> str:
    return text.translate(FULL_WIDTH)


NUMBER_FORMS: dict[str, Damage] = {
    "intact": intact,
    "a float": written("{}.0"),
    "a float with a comma": written("{},00"),
    "a leading apostrophe": written("'{}"),
    "padded": written(" {} "),
    "a no-break space before": written("\u00a0{}"),
    "full-width digits": full_width,
    "in longer text": within(intact),
    "a float in longer text": within(written("{}.0")),
    "named in longer text": written("NIK/KK {}"),
}
FORMS: dict[str, tuple[Make, dict[str, Damage]]] = {
    "nik": (
        nik,
        {
            **NUMBER_FORMS,
            "dots between thousands": thousands("."),
            "commas between thousands": thousands(","),
            "spaces between thousands": thousands(" "),
            "thousands in longer text": within(thousands(".")),
            "thousands and a decimal": lambda text, _: f"{int(text):,}".replace(",", ".") + ",00",
            "fours with spaces": grouped(4, 4, 4, 4, by=" "),
            "fours with dashes": grouped(4, 4, 4, 4, by="-"),
            "fours with dots": grouped(4, 4, 4, 4, by="."),
            "parts with spaces": grouped(6, 6, 4, by=" "),
            "parts with dashes": grouped(2, 2, 2, 6, 4, by="-"),
            "parts with dots": grouped(6, 6, 4, by="."),
            "no-break spaces": grouped(4, 4, 4, 4, by="\u00a0"),
            "long dashes": grouped(4, 4, 4, 4, by="\u2013"),
            "digit by digit": grouped(*[1] * 16, by=" "),
            "fours in longer text": within(grouped(4, 4, 4, 4, by=" ")),
            "Excel's 15 digits": with_zeros(1),
            "Excel's 15 digits in longer text": within(with_zeros(1)),
            "scientific, as shown": scientific(6),
            "scientific, whole": scientific(15),
            "masked by stars": masked(6, 4, "*"),
            "masked by letters": masked(6, 4, "x"),
            "masked to its area": masked(6, 0, "*"),
            "masked by large letters": masked(4, 4, "X"),
            "masked in front": masked(0, 10, "*"),
            "masked by bullets": masked(6, 4, "•"),
            "masked in longer text": within(masked(6, 4, "*")),
            "glued to a word": written("NIK{}"),
            "unseen characters inside": grouped(8, 8, by="\u200b"),
        },
    ),
    "nip": (
        nip,
        {
            **NUMBER_FORMS,
            "as printed": grouped(8, 6, 1, 3, by=" "),
            "as printed in longer text": within(grouped(8, 6, 1, 3, by=" ")),
            "dots between parts": grouped(8, 6, 1, 3, by="."),
            "dashes between parts": grouped(8, 6, 1, 3, by="-"),
            "dots between thousands": thousands("."),
            "commas between thousands": thousands(","),
            "Excel's 15 digits": with_zeros(3),
            "float64": lambda text, _: f"{float(text):.0f}",
            "scientific, as shown": scientific(6),
            "scientific, whole": scientific(15),
            "masked by stars": masked(8, 4, "*"),
            "masked to the birth": masked(8, 0, "x"),
        },
    ),
    "npwp": (
        npwp,
        {
            **NUMBER_FORMS,
            "as printed": as_npwp,
            "as printed in longer text": within(as_npwp),
            "spaces between parts": grouped(2, 3, 3, 1, 3, 3, by=" "),
            "dots between parts": grouped(2, 3, 3, 1, 3, 3, by="."),
            "dashes between parts": grouped(2, 3, 3, 1, 3, 3, by="-"),
            "sixteen digits": written("0{}"),
            "masked by stars": lambda text, _: f"{text[:2]}.***.***.{text[8]}-{text[9:12]}.{text[12:]}",
            "masked by letters": lambda text, _: f"{text[:2]}.{text[2:5]}.xxx.x-xxx.{text[12:]}",
        },
    ),
    "phone": (
        phone,
        {
            **{form: damage for form, damage in NUMBER_FORMS.items() if form != "a float with a comma"},
            "with the country's code": lambda text, _: "+62" + text[1:],
            "with the bare country's code": lambda text, _: "62" + text[1:],
            "spaces": lambda text, _: f"{text[:4]} {text[4:8]} {text[8:]}",
            "dashes": lambda text, _: f"{text[:4]}-{text[4:8]}-{text[8:]}",
            "dots": lambda text, _: f"{text[:4]}.{text[4:8]}.{text[8:]}",
            "brackets": lambda text, _: f"({text[:4]}) {text[4:8]} {text[8:]}",
            "spelled internationally": lambda text, _: f"+62 {text[1:4]}-{text[4:8]}-{text[8:]}",
            "both prefixes": lambda text, _: f"+62 (0){text[1:]}",
            "without its zero": lambda text, _: text[1:],
            "without its zero, a float": lambda text, _: f"{text[1:]}.0",
            "masked by stars": masked(4, 4, "*"),
            "masked by letters": masked(4, 3, "x"),
            "masked in dashes": lambda text, _: f"{text[:4]}-xxxx-{text[8:]}",
            "spaces in longer text": within(lambda text, _: f"{text[:4]} {text[4:8]} {text[8:]}"),
            "glued to a word": written("WA{}"),
        },
    ),
    "email": (
        email,
        {
            "intact": intact,
            "large letters": lambda text, _: text.upper(),
            "spaces around the sign": lambda text, _: text.replace("@", " @ "),
            "spelled out": lambda text, _: text.replace("@", " [at] ").replace(".", " [dot] "),
            "brackets": lambda text, _: text.replace("@", "(at)"),
            "full-width sign": full_width,
            "masked": lambda text, _: text[0] + "***" + text[text.index("@") :],
            "as a link": written("mailto:{}"),
            "in angle brackets": written("Budi <{}>"),
            "in longer text": within(intact),
            "before a full stop": written("Hubungi {}."),
        },
    ),
    "plate": (
        plate,
        {
            "intact": intact,
            "without spaces": lambda text, _: text.replace(" ", ""),
            "dashes": lambda text, _: text.replace(" ", "-"),
            "dots": lambda text, _: text.replace(" ", "."),
            "small letters": lambda text, _: text.lower(),
            "two spaces": lambda text, _: text.replace(" ", "  "),
            "no-break spaces": lambda text, _: text.replace(" ", "\u00a0"),
            "in longer text": within(intact),
            "without spaces in longer text": within(lambda text, _: text.replace(" ", "")),
            "after a word": written("kendaraan {} parkir"),
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Planted:
    """Cells of one kind in one damaged form."""

    kind: str
    form: str
    cells: tuple[str, ...]


def planted(kind: str, form: str, cells: int) -> Planted:
    """`cells` damaged identifiers."""
    random, (make, forms) = Random(f"{kind} {form}"), FORMS[kind]
    return Planted(kind, form, tuple(forms[form](make(random), random) for _ in range(cells)))


def kinds_and_forms() -> list[tuple[str, str]]:
    """Every kind in every form."""
    return [(kind, form) for kind, (_, forms) in FORMS.items() for form in forms]

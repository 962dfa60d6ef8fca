"""Population and regional GDP: from one column a measure and year to one row a region and year.

Says nothing about names, types or units of the columns; the contract does.
"""

import re

import pandas

MEASURES = ("POP", "RGDP", "RGDPPC")
YEAR = "year"
_MEASURE_AND_YEAR = re.compile(rf"(?P<measure>{'|'.join(MEASURES)})(?P<year>[0-9]{{4}})")


def rows(raw: pandas.DataFrame) -> pandas.DataFrame:
    """One row a region and year, in the order of `raw`, then of the years.

    A measure that the source lacks for a year is empty, and the contract judges it; other columns are kept.
    """
    found = {column: match for column in raw.columns if (match := _MEASURE_AND_YEAR.fullmatch(column))}
    regions = raw.drop(columns=list(found))
    years = sorted({match["year"] for match in found.values()})
    if not years:
        return raw
    tidy = pandas.concat([_of_year(raw, regions, year) for year in years])
    return tidy.sort_index(kind="stable", ignore_index=True)


def _of_year(raw: pandas.DataFrame, regions: pandas.DataFrame, year: str) -> pandas.DataFrame:
    empty = pandas.Series(None, index=raw.index, dtype="str")
    measured = {measure: raw.get(f"{measure}{year}", empty) for measure in MEASURES}
    return regions.assign(**{YEAR: year}, **measured)

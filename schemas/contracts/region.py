"""A field that names regions: which official list its values are held against, and which spellings it maps.

Nothing is mapped that is not declared here; a spelling that only looks like an official one is held back.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from schemas.regions import CODE_LENGTHS, Ignored, Level, is_a_region, regions

from .base import Line, Promise, Wrong, faults, wrong

LARGE: tuple[Level, ...] = ("kecamatan", "kelurahan")
"""Levels whose names stand only within a region: many a village of another province is called alike."""


class Region(Promise):
    """The values of the field are regions of the official list.

    `level` is provinsi, kabupaten (or kota), kecamatan or kelurahan (or desa); `within` the code of the region
    they lie in, which the two lower levels need; `as` whether the values are names or codes. `ignore` lists what
    spellings may differ in: `case`, `spaces` and `prefix` (Kel., Kelurahan, Desa, Kec., Kab., Prov.) of names,
    `dots` of codes. `crosswalk` maps single spellings, as the source writes them, to official values.
    """

    level: Level
    within: Line | None = None
    as_: Annotated[Literal["name", "code"], Field(alias="as")] = "name"
    ignore: tuple[Ignored, ...] = ()
    crosswalk: dict[Line, Line] = Field(default_factory=dict)

    @property
    def values(self) -> tuple[str, ...]:
        """The official names or codes, in the order of the codes, each once."""
        listed = regions(self.level, self.within or "")
        return tuple(dict.fromkeys(listed.values() if self.as_ == "name" else listed))

    @model_validator(mode="after")
    def _on_the_list(self) -> "Region":
        found = [*_within_a_region(self), *_ignored_of_what_it_is(self)]
        found = found or list(_mapped_to_the_list(self))
        if found:
            raise faults(found)
        return self


def _within_a_region(region: Region) -> Iterator[Wrong]:
    if region.within is None:
        if region.level in LARGE:
            yield wrong("region_within_missing", level=region.level)
    elif len(region.within) >= CODE_LENGTHS[region.level] or not is_a_region(region.within):
        yield wrong("region_unknown", region=region.within, level=region.level)


def _ignored_of_what_it_is(region: Region) -> Iterator[Wrong]:
    of_names = {"case", "prefix"}
    for ignored in region.ignore:
        if ignored in (of_names if region.as_ == "code" else {"dots"}):
            yield wrong("region_ignore", ignored=ignored)


def _mapped_to_the_list(region: Region) -> Iterator[Wrong]:
    official = frozenset(region.values)
    for spelling, value in region.crosswalk.items():
        if value not in official:
            yield wrong("region_value_unknown", value=value, spelling=spelling)

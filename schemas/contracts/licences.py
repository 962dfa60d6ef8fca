"""The licences that a dataset may carry, by their SPDX identifiers, with the text that they point to."""

from typing import Literal

from .base import Promise

LicenceId = Literal["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "ODbL-1.0", "ODC-By-1.0", "MIT"]


class Licence(Promise):
    """Name and canonical address of a licence."""

    name: str
    title: str
    path: str


LICENCES: dict[str, Licence] = {
    licence.name: licence
    for licence in (
        Licence(
            name="CC-BY-4.0",
            title="Creative Commons Attribution 4.0 International",
            path="https://creativecommons.org/licenses/by/4.0/",
        ),
        Licence(
            name="CC-BY-SA-4.0",
            title="Creative Commons Attribution-ShareAlike 4.0 International",
            path="https://creativecommons.org/licenses/by-sa/4.0/",
        ),
        Licence(
            name="CC0-1.0",
            title="Creative Commons Zero 1.0 Universal",
            path="https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        Licence(
            name="ODbL-1.0",
            title="Open Data Commons Open Database License 1.0",
            path="https://opendatacommons.org/licenses/odbl/1-0/",
        ),
        Licence(
            name="ODC-By-1.0",
            title="Open Data Commons Attribution License 1.0",
            path="https://opendatacommons.org/licenses/by/1-0/",
        ),
        Licence(name="MIT", title="MIT License", path="https://opensource.org/license/mit"),
    )
}

"""The public list of what people have asked for: the fields by which the catalog's page reads it.

A department keeps it as any other dataset (UU 14/2008 Pasal 22 and 26); `city.yaml` names it under `requests`. Who has
asked is nobody's business: such a column is exempt, and not among these.
"""

from collections.abc import Iterator

from schemas.contracts import Contract
from schemas.contracts.loading import Fault

FIELDS = ("nomor", "tanggal_permintaan", "data_diminta", "status", "tanggal_tanggapan", "tanggapan", "dasar_penolakan")
STATUSES = ("diterima", "diproses", "dipenuhi", "ditolak")


def unlisted(contracts: dict[str, Contract], dataset: str, file: str) -> Iterator[Fault]:
    """Why a city's list of requests cannot be shown: there is no such dataset, or fields of it are not open."""
    if dataset not in contracts:
        known = ", ".join(contracts) or "-"
        yield Fault(file, 1, "requests_unknown", {"place": "requests", "dataset": dataset, "known": known})
        return
    published = {field.name for field in contracts[dataset].public_fields}
    if missing := [name for name in FIELDS if name not in published]:
        yield Fault(file, 1, "requests_fields", {"place": "requests", "dataset": dataset, "fields": ", ".join(missing)})

"""The demo's approvals: sample decisions that let the demo cities publish without asking anyone.

`approvals.yaml` lists, form by form, what they let out. `python -m samples.approve` writes it anew from the
contracts, for a person to look through before it is committed; a contract that opens more than is listed waits for
an approval like any other.
"""

from datetime import UTC, datetime
from pathlib import Path

import yaml

from flows.approval import Official, approve, given
from flows.runs import prepare_zones
from flows.settings import Places, places
from schemas.contracts import Contract
from schemas.openings import Form, Openings, forms, opened
from schemas.registry import chosen, load_cities

APPROVALS = Path(__file__).with_name("approvals.yaml")
OFFICIAL = Official("Pejabat PPID (contoh)", "PPID Utama (contoh)", note="CONTOH: bukan keputusan resmi")
HEADING = """\
# CONTOH / SAMPLE: persetujuan peragaan atas apa yang boleh keluar dari kota peragaan; bukan keputusan resmi.
# Yang tidak tercantum di sini menunggu `palu approve DATASET`. Memperbarui: python -m samples.approve
"""
Listed = dict[str, dict[str, dict[str, Form]]]


def listed() -> Listed:
    """City, dataset -> the forms that are let out."""
    said = yaml.safe_load(APPROVALS.read_text(encoding="utf-8"))
    return {
        city: {dataset: Openings.model_validate({"forms": one}).forms for dataset, one in datasets.items()}
        for city, datasets in said.items()
    }


def is_covered(city: str, contract: Contract, approved: Listed) -> bool:
    """Whether the list lets out everything that leaves by this contract."""
    return not opened(forms(contract), approved.get(city, {}).get(contract.id, {}))


def approve_samples(where: Places) -> None:
    """Bring the sample approvals into the ledger, each once, where they cover the contract as it is now."""
    prepare_zones(where)
    approved, now = listed(), datetime.now(UTC)
    for city, contract in chosen(load_cities(where.contracts), ()):
        known = [one.forms for one in given(where, city, contract)]
        if is_covered(city.id, contract, approved) and forms(contract) not in known:
            approve(where, city, contract, OFFICIAL, now)


def renew(where: Places) -> None:
    """Write the list anew from the contracts, one form a line."""
    lines = [HEADING]
    for registered in load_cities(where.contracts):
        lines.append(f"{registered.city.id}:\n")
        for dataset, contract in registered.contracts.items():
            lines.append(f"  {dataset}:\n")
            lines.extend(f'    "{name}": {_line(form)}' for name, form in forms(contract).items())
    APPROVALS.write_text("".join(lines), encoding="utf-8")


def _line(form: Form) -> str:
    said = {"form": form.form, **form.model_dump(mode="json", exclude_defaults=True)}
    return yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=1000, default_flow_style=True)


if __name__ == "__main__":
    renew(places())

"""The PPID's form in Prefect: a summary in counts of what would leave, and the approval where somebody has read it.

Prefect keeps what is typed here and what is shown: names, grounds and counts, and no value of any dataset (law 2).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows import runs
from flows.approval import Official, approve
from flows.forms import question
from flows.journey import HeldBack
from flows.leaving import Leaving, look, told
from flows.settings import Places, language, places
from schemas.errors import AuthorError, PaluError, SupplierError
from schemas.messages import wording
from schemas.registry import load_cities, the_one

City = Annotated[str, question("Kota", "Kode kota, misalnya palu.")]
Dataset = Annotated[str, question("Dataset", "Nama dataset yang menunggu persetujuan.")]
Name = Annotated[str, question("Nama pejabat PPID", "Yang menyetujui.")]
Office = Annotated[str, question("Jabatan", "Jabatan pejabat itu, misalnya PPID Utama Kota Palu.")]
Read = Annotated[
    bool,
    question(
        "Saya sudah membaca ringkasan",
        "Jalankan sekali tanpa centang untuk melihat ringkasannya di tab Artifacts; centang untuk menyetujui.",
    ),
]


@flow(name="setujui", persist_result=False)
def approve_release(
    city: City, dataset: Dataset, official: Name = "", office: Office = "", read: Read = False
) -> State[None]:
    """Lihat apa yang akan keluar dari sebuah dataset, lalu setujui."""
    where = places()
    by = Official(official.strip(), office.strip()) if read else None
    try:
        return _approved(where, city, dataset, by, datetime.now(UTC))
    except PaluError as error:
        return Failed(message=str(error))
    except Exception as error:  # noqa: BLE001 the boundary: Prefect stores what a flow raises
        return Failed(message=str(runs.unforeseen(error, where, dataset)))


def _approved(where: Places, city: str, dataset: str, by: Official | None, now: datetime) -> State[None]:
    """The summary as an artifact; the approval where `by` is somebody who has read it."""
    runs.prepare_zones(where)
    one, contract = the_one(load_cities(where.contracts, (city,)), dataset)
    leaving = look(where, one, contract, now)
    create_markdown_artifact("\n".join(_page(leaving)), key="persetujuan")
    if isinstance(leaving.outcome.error, HeldBack):
        raise SupplierError("approval_blocked", dataset=dataset)
    if leaving.outcome.error is not None:
        raise leaving.outcome.error
    if not leaving.waits:
        return Completed(message=wording("approve.nothing_new", language(None), dataset=dataset, city=city))
    if by is None:
        return Completed(message=wording("approve.read_first", language(None)))
    if not (by.name and by.office):
        raise AuthorError("official_missing", dataset=dataset)
    approve(where, one, contract, by, now)
    return Completed(message=wording("approve.done", language(None), dataset=dataset, city=city))


def _page(leaving: Leaving) -> Iterator[str]:
    """The summary as Markdown: a contract's own words are shown, never read as markup."""
    yield f"# {wording('approve.form_title', language(None))}"
    for line in told(leaving, language(None)):
        is_item = line.startswith("- ")
        yield f"- {_plain(line.removeprefix('- '))}" if is_item else f"\n{_plain(line)}\n"


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|!])", r"\\\1", text)

"""A department's file -> a new dataset: looked at apart, drafted, tried on all its rows, and put in its place.

Asks nobody anything; `palu new` does. The contract is written last and never over another, and opens no field.
"""

import filecmp
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from flows import private
from flows.sandbox import run_apart
from flows.settings import Places
from schemas.contracts import City, Contract
from schemas.contracts.drafting import Draft, written
from schemas.contracts.loading import load
from schemas.errors import AuthorError, OperatorError
from schemas.registry import Registered, load_cities
from transforms.drafting import Drafted, DraftJob, drafted
from transforms.drafting import inside as files_inside
from transforms.drafting import places as seen_places
from transforms.preparation import Job, Prepared, prepare


@dataclass(frozen=True, slots=True)
class Tried:
    """How many rows of the very file the draft reads, and how many of them it holds back."""

    rows: int
    held_back: int


@dataclass(frozen=True, slots=True)
class Part:
    """What of a file is meant: the file inside a zip archive, and the table's place; None for the plainly meant one."""

    member: str | None = None
    place: str | None = None


def look(places: Places, city: City, file: Path, part: Part, stated: Mapping[str, str]) -> Drafted:
    """What the columns of a file's table seem to be; errors as reading raises them."""
    with private.disk_faults(places), private.workspace(places.private) as folder:
        job = DraftJob(file, file.name, part.place, folder, city.timezone, stated, part.member)
        return run_apart(drafted, job, Drafted, file.name)


def tables(places: Places, city: City, file: Path, member: str | None) -> tuple[str, ...]:
    """The places of a file's visible tables, for a person who chooses one."""
    with private.disk_faults(places), private.workspace(places.private) as folder:
        job = DraftJob(file, file.name, None, folder, city.timezone, member=member)
        return run_apart(seen_places, job, tuple[str, ...], file.name)


def members(places: Places, city: City, file: Path) -> tuple[str, ...]:
    """The files in a zip archive, for a person who chooses one; none where the file is no archive."""
    with private.disk_faults(places), private.workspace(places.private) as folder:
        job = DraftJob(file, file.name, None, folder, city.timezone)
        return run_apart(files_inside, job, tuple[str, ...], file.name)


def checked(registered: Registered, draft: Draft) -> tuple[Contract, str]:
    """The draft as a contract and as its text; ContractError where it would be none, AuthorError for a taken name."""
    text = written(draft, "id")
    contract = load(text, f"{draft.said['id']}.yaml", Contract)
    if contract.id in registered.contracts:
        raise AuthorError("dataset_stands", dataset=contract.id, city=registered.city.id)
    return contract, text


def tried(places: Places, city: City, contract: Contract, file: Path) -> Tried:
    """Stage the file by the draft as if all of it were open, in a folder that goes again."""
    fields = tuple(field.model_copy(update={"access": "open"}) for field in contract.fields)
    opened = contract.model_copy(update={"fields": fields})
    with private.disk_faults(places), private.workspace(places.private) as folder:
        layout = contract.source
        job = Job(file, file.name, opened, layout, city.timezone, folder)  # type: ignore[arg-type]
        staging = run_apart(prepare, job, Prepared, file.name).staging
        return Tried(staging.rows, staging.faulty)


def place_in_inbox(places: Places, city: City, department: str, file: Path) -> str:
    """The location of a file below the inbox; one from elsewhere is copied there, never over another."""
    inbox = places.inbox.resolve()
    if file.resolve().is_relative_to(inbox):
        return file.resolve().relative_to(inbox).as_posix()
    target = inbox / location(city, department, file)
    if target.exists():
        if not filecmp.cmp(file, target, shallow=False):
            raise AuthorError("file_stands", file=str(target))
    else:
        with private.disk_faults(places):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    return location(city, department, file)


def location(city: City, department: str, file: Path) -> str:
    """Where a department's file stands below the inbox."""
    return f"{city.id}/{department}/{file.name}"


def contract_path(places: Places, city: City, contract: Contract) -> Path:
    """Where the contract of a new dataset stands."""
    return places.contracts / city.id / contract.department / f"{contract.id}.yaml"


def keep(places: Places, city: City, contract: Contract, text: str) -> Path:
    """Write the contract where none stands, whole or not at all, and load its city with it."""
    file = contract_path(places, city, contract)
    aside = file.with_name(f".{file.name}")
    try:
        file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        aside.write_text(text, encoding="utf-8")
        aside.chmod(0o644)
        os.link(aside, file)
    except FileExistsError:
        raise AuthorError("file_stands", file=str(file)) from None
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise OperatorError("contract_not_writable", file=file.name, reason=reason) from None
    finally:
        with suppress(OSError):
            aside.unlink()
    load_cities(places.contracts, (city.id,))
    return file


def with_lists(seen: Drafted, closed: frozenset[str]) -> Drafted:
    """The columns of which a person said that their few values are all there are, with these as closed lists."""
    fields = tuple(replace(one, enum=one.listed) if one.name in closed else one for one in seen.fields)
    return replace(seen, fields=fields)

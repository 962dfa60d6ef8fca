"""`palu new`: from a department's file to a dataset's contract, by questions, or in one go with `--yes`."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from flows.commands.asking import agreed, choice
from flows.commands.describing import Answers, asked, require_free, suggested
from flows.commands.options import Contracts, File, Inbox, Member, Private, Sheet
from flows.commands.telling import out, progress, say
from flows.settings import Places, language, places
from schemas.contracts import Contract
from schemas.contracts.drafting import Draft, DraftField
from schemas.errors import AuthorError, PaluError, SupplierError
from schemas.messages import wording
from schemas.registry import Registered, load_cities
from schemas.template import ADDED

if TYPE_CHECKING:
    from flows.draft import Part
    from transforms.drafting import Drafted

OneCity = Annotated[
    str | None,
    typer.Option("--city", metavar="KOTA / CITY", help="Kode kota, misalnya palu. / The city's code, such as palu."),
]
Department = Annotated[str | None, typer.Option(metavar="DINAS / CODE", help="Kode dinas. / The department's code.")]
Id = Annotated[str | None, typer.Option("--id", metavar="NAMA / NAME", help="Nama dataset. / The dataset's name.")]
Yes = Annotated[bool, typer.Option("--yes", help="Buat draf tanpa bertanya. / Draft without asking.")]


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a dataset is made from, and whether somebody sits there who can be asked."""

    places: Places
    registered: Registered
    file: Path
    asks: bool


def command(
    file: File,
    city: OneCity = None,
    department: Department = None,
    name: Id = None,
    sheet: Sheet = None,
    member: Member = None,
    yes: Yes = False,
    contracts: Contracts = None,
    inbox: Inbox = None,
    private: Private = None,
) -> int:
    from flows.draft import Part

    where = places(contracts, inbox, None, private)
    if not yes and not sys.stdin.isatty():
        raise AuthorError("new_at_a_terminal", file=file.name)
    if not file.is_file():
        raise AuthorError("new_no_file", file=str(file))
    sitting = Sitting(where, _city(where, city), file.absolute(), not yes)
    given = Answers(department, name)
    require_free(sitting.registered, given)
    seen = _looked_at(sitting, Part(member or _which_member(sitting), sheet))
    answers = (asked if sitting.asks else suggested)(sitting.registered, sitting.file, given)
    return _made(sitting, _closed(sitting, seen), answers)


def _city(where: Places, name: str | None) -> Registered:
    registered = load_cities(where.contracts, (name,) if name else ())
    if len(registered) > 1:
        raise AuthorError("new_city", cities=", ".join(one.city.id for one in registered))
    return registered[0]


def _which_member(sitting: Sitting) -> str | None:
    """The file inside a zip archive that a person chooses, where it holds several."""
    from flows.draft import members

    inside = members(sitting.places, sitting.registered.city, sitting.file) if sitting.asks else ()
    if len(inside) < 2:
        return None
    return inside[choice("new.member", inside)]


def _looked_at(sitting: Sitting, part: "Part") -> "Drafted":
    """What is in the file, and that it is shown."""
    if part.place is None and sitting.asks:
        part = replace(part, place=_which_table(sitting, part))
    seen = _drafted(sitting, part, {})
    if sitting.asks and (stated := _stated(seen, sitting.file)):
        seen = _drafted(sitting, part, stated)
    _tell(sitting.file, seen)
    if sitting.asks and not agreed("new.headers_right"):
        raise SupplierError("new_headers_wrong", file=sitting.file.name)
    return seen


def _drafted(sitting: Sitting, part: "Part", stated: dict[str, str]) -> "Drafted":
    from flows.draft import look

    with progress("progress.looking", file=sitting.file.name):
        return look(sitting.places, sitting.registered.city, sitting.file, part, stated)


def _which_table(sitting: Sitting, part: "Part") -> str | None:
    """The table that a person chooses, where the file has several; the first option is what would be taken unasked."""
    from flows.draft import tables

    try:
        seen = _drafted(sitting, part, {})
    except SupplierError as error:
        if error.code != "new_sheet":
            raise
        found = tables(sitting.places, sitting.registered.city, sitting.file, part.member)
        return found[choice("new.sheet", found)]
    if not seen.others:
        return None
    spoken = language(None)
    first = wording("new.together", spoken, count=len(seen.sheets)) if seen.sheets else seen.place
    words = [wording("new.together", spoken, count=len(seen.others)) if one == "*" else one for one in seen.others]
    chosen = choice("new.sheet", [first, *words], default=1)
    return seen.others[chosen - 1] if chosen else None


HIDDEN_WAYS = ("skip", "read")
HIDDEN_REMARKS = {"rows_hidden", "rows_filtered", "columns_hidden"}


def _stated(seen: "Drafted", file: Path) -> dict[str, str]:
    """What only a person can say of a workbook: whether hidden rows are data, and which of two numbers counts."""
    spoken = language(None)
    stated = {}
    codes = {code for code, _, _ in seen.remarks}
    for line in _remarked(seen):
        out.print(escape(line))
    if codes & HIDDEN_REMARKS:
        chosen = choice("new.hidden", [wording(f"new.hidden.{one}", spoken) for one in ("skip", "read", "later")])
        if chosen == len(HIDDEN_WAYS):
            raise SupplierError("new_hidden", file=file.name)
        stated["hidden"] = HIDDEN_WAYS[chosen]
    if "format_ambiguous" in codes:
        options = [wording(f"new.numbers.{one}", spoken) for one in ("shown", "stored")]
        stated["numbers"] = ("shown", "stored")[choice("new.numbers", options)]
    return stated


def _remarked(seen: "Drafted") -> list[str]:
    spoken = language(None)
    return ["  " + wording(f"look.note.{code}", spoken, count=n, columns=of) for code, n, of in seen.remarks]


def _tell(file: Path, seen: "Drafted") -> None:
    spoken = language(None)
    say("new.seen", file=file.name, rows=seen.rows, columns=len(seen.fields))
    if "member" in seen.layout:
        say("new.seen_member", member=seen.layout["member"])
    if "sheet" in seen.layout:
        say("new.seen_sheet", sheet=seen.place)
    if seen.sheets:
        say("new.seen_sheets", sheets=", ".join(seen.sheets))
    elif seen.others:
        say("look.others", tables=", ".join(seen.others))
    for line in _remarked(seen):
        out.print(escape(line))
    for reason, count in seen.skipped.items():
        out.print(escape(f"  {wording(f'skipped.{reason}', spoken)}: {count}"))
    for number, one in enumerate(seen.fields, start=1):
        out.print(escape(f"  {number:>2}. {_header(one)} → {one.name}: {_told(one)}"))
    exempt = [one.title for one in seen.fields if one.sensitive]
    if exempt:
        say("new.sensitive", fields=", ".join(exempt))
    if seen.key:
        say("new.key", fields=", ".join(seen.key))
    else:
        say("new.no_key")


def _header(one: DraftField) -> str:
    """A column as its file calls it; what reading adds has no header there."""
    return wording(f"new.added.{ADDED[one.column]}", language(None)) if one.column in ADDED else one.column


def _told(one: DraftField) -> str:
    """A column in words: type, unit, what is demanded, what to look at."""
    spoken = language(None)
    parts = [wording(f"type.{one.type}", spoken)]
    parts += [one.unit] if one.unit else []
    parts += [wording("constraint.required", spoken)] if one.required else []
    parts += [wording("constraint.unique", spoken)] if one.unique else []
    notes = [wording(f"new.note.{code}", spoken, **names) for code, names in one.notes]
    notes += [wording(f"new.note.sensitive.{word}", spoken) for word in one.sensitive]
    return "; ".join([", ".join(parts), *notes])


def _closed(sitting: Sitting, seen: "Drafted") -> "Drafted":
    """Which few values are all that a column may hold: asked, or taken so where nobody is."""
    from flows.draft import with_lists

    listed = [one for one in seen.fields if one.listed]
    if not sitting.asks:
        return with_lists(seen, frozenset(one.name for one in listed))
    closed = [one.name for one in listed if agreed("new.closed", title=one.title, values=", ".join(one.listed))]
    return with_lists(_written_so(seen), frozenset(closed))


def _written_so(seen: "Drafted") -> "Drafted":
    """How numbers are written that can be read in two ways, as a person says."""
    from transforms.drafting.types import STATED

    fields = []
    for one in seen.fields:
        if one.is_ambiguous:
            options = [wording(f"new.style.{style}", language(None)) for style in ("indonesian", "english", "later")]
            chosen = choice("new.style", options, default=3, title=one.title)
            if chosen < 2:
                one = replace(one, form=list(STATED.values())[chosen], is_ambiguous=False, notes=())
        fields.append(one)
    return replace(seen, fields=tuple(fields))


def _made(sitting: Sitting, seen: "Drafted", answers: Answers) -> int:
    """Check the draft, try it on the file, put the file into the inbox and the contract beside the others."""
    from flows.draft import checked, keep, location, place_in_inbox, tried

    where, city = sitting.places, sitting.registered.city
    department = str(answers.department)
    source = {**seen.layout, "location": location(city, department, sitting.file)}
    draft = Draft(answers.said(), source, seen.missing, seen.fields, seen.key, sitting.file.name, seen.rows)
    checked(sitting.registered, draft)
    _copied_with_consent(sitting)
    source["location"] = place_in_inbox(where, city, department, sitting.file)
    contract, text = checked(sitting.registered, draft)
    with progress("progress.checking", dataset=contract.id):
        found = tried(where, city, contract, sitting.file)
    file = keep(where, city, contract, text)
    say("new.kept", file=file, fields=len(contract.fields))
    say("new.tried", rows=found.rows, held=found.held_back)
    _template(sitting, contract)
    say("new.next", dataset=contract.id, city=city.id)
    return 0


def _copied_with_consent(sitting: Sitting) -> None:
    """The file is copied where a person says so, or where nobody is asked."""
    if sitting.asks and not _is_inside(sitting) and not agreed("new.copy", inbox=sitting.places.inbox):
        raise AuthorError("new_outside", file=sitting.file.name, inbox=str(sitting.places.inbox))


def _is_inside(sitting: Sitting) -> bool:
    return sitting.file.resolve().is_relative_to(sitting.places.inbox.resolve())


def _template(sitting: Sitting, contract: Contract) -> None:
    """The template beside the file, but none in the inbox; that it cannot be written is told, and stops nothing."""
    from flows.commands.telling import tell_error
    from flows.commands.template import made

    if _is_inside(sitting):
        say("new.template", dataset=contract.id, city=sitting.registered.city.id)
        return
    try:
        made(contract, sitting.file.parent / f"templat-{contract.id}.xlsx")
    except PaluError as error:
        tell_error(error)

"""`palu look`: what the system sees in any file, before there is a contract; `--csv` writes the rows as it reads them.

It shows a person their own file, so it alone of all verbs shows cells. Nothing is kept and nothing is published.
"""

import csv
import shutil
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from flows.commands.options import File, Member, Sheet
from flows.commands.telling import err, out, say
from flows.sandbox import run_apart
from flows.settings import language
from schemas.errors import AuthorError, OperatorError
from schemas.messages import message, wording

if TYPE_CHECKING:
    from transforms.looking import Copied, Described, Glance, SeenColumn
    from transforms.reading.glance import Note, SeenTable

AsCsv = Annotated[bool, typer.Option("--csv", help="Tulis tabel mentah sebagai CSV. / Write the raw table as CSV.")]
Skipped = Annotated[
    Path | None,
    typer.Option(
        "--skipped",
        metavar="BERKAS / FILE",
        help="Berkas untuk baris yang dilewati. / The file for skipped rows.",
    ),
]
EXAMPLE_LENGTH = 24
NUMBERS_SHOWN = 8


def command(
    file: File, as_csv: AsCsv = False, skipped: Skipped = None, sheet: Sheet = None, member: Member = None
) -> int:
    from transforms.looking import Glance

    if not file.is_file():
        raise AuthorError("look_no_file", file=str(file))
    if skipped and not as_csv:
        raise AuthorError("look_skipped_alone")
    with TemporaryDirectory(prefix="palu-look-") as workspace:
        glance = Glance(file.absolute(), file.name, Path(workspace), sheet, member)
        return _copy(glance, skipped) if as_csv else _describe(glance, file)


def _copy(glance: "Glance", skipped: Path | None) -> int:
    from transforms.looking import Copied, copied

    found = run_apart(copied, glance, tuple[Copied, ...], glance.name)
    sys.stdout.flush()
    with glance.rows.open("rb") as rows:
        shutil.copyfileobj(rows, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    if skipped:
        _keep_skipped(glance, skipped)
    for one in found:
        _tell_copied(one)
    if not found:
        err.print(escape(wording("look.nothing", language(None), file=glance.name)))
    return 0


def _keep_skipped(glance: "Glance", target: Path) -> None:
    spoken = language(None)
    try:
        with (
            glance.skipped.open(encoding="utf-8", newline="") as rows,
            target.open("w", encoding="utf-8", newline="") as to,
        ):
            writer = csv.writer(to, lineterminator="\n")
            writer.writerow(wording(f"look.skipped_{name}", spoken) for name in ("row", "reason", "cells"))
            for number, reason, *cells in csv.reader(rows):
                writer.writerow([number, wording(f"skipped.{reason}", spoken), *cells])
    except OSError:
        raise OperatorError("look_unwritable", file=str(target)) from None


def _tell_copied(one: "Copied") -> None:
    spoken = language(None)
    err.print(escape(wording("look.copied", spoken, rows=one.table.rows, skipped=one.skipped)))
    for note in one.table.notes:
        err.print(escape(_note(note)))
    if one.others:
        err.print(escape(wording("look.others", spoken, tables=", ".join(one.others))))


def _describe(glance: "Glance", file: Path) -> int:
    from transforms.looking import Described, described

    found = run_apart(described, glance, tuple[Described, ...], glance.name)
    if not found:
        say("look.nothing", file=glance.name)
    for one in found:
        _tell(one)
    if found:
        chosen = "".join(f' --{name} "{value}"' for name, value in _chosen(glance) if value)
        say("look.next", file=file, chosen=chosen)
    return 0


def _chosen(glance: "Glance") -> tuple[tuple[str, str | None], ...]:
    return ("member", glance.member), ("sheet", glance.place)


def _tell(one: "Described") -> None:
    spoken, table = language(None), one.table
    say("look.table", place=table.place, rows=table.rows, columns=len(table.names))
    say(_header_code(table), row=table.header_first, height=table.header_height)
    if table.hidden:
        say("look.hidden")
    for note in table.notes:
        out.print("  " + escape(_note(note)))
    for line in _skipped_lines(table):
        out.print("  " + escape(line))
    shown = Table(*(wording(f"look.column_{name}", spoken) for name in ("name", "type", "examples")), box=None)
    for column in one.columns:
        examples = "; ".join(text[:EXAMPLE_LENGTH] for text in column.examples)
        shown.add_row(escape(column.name), escape(_type(column)), escape(examples))
    out.print(shown)
    if (more := len(table.names) - len(one.columns)) > 0:
        say("look.more_columns", count=more)


def _note(note: "Note") -> str:
    spoken, names = language(None), dict(note.names)
    if "reason" in names:
        names["reason"] = wording(f"skipped.{names['reason']}", spoken)
    return message(f"look.note.{note.code}", names, spoken).what


def _header_code(table: "SeenTable") -> str:
    if not table.header_height and any(table.columns):
        return "look.header_keys"
    if not table.header_height:
        return "look.header_none"
    return "look.header" if table.header_height == 1 else "look.header_high"


def _type(column: "SeenColumn") -> str:
    """A type in words, with its unit, how its cells are written, and what to look at."""
    spoken = language(None)
    if column.kind is None:
        return wording("type.empty", spoken)
    words = [wording(f"type.{column.kind.type}", spoken), *([column.unit] if column.unit else [])]
    if grouped := column.kind.form.get("groupChar"):
        words.append(wording(f"look.style_{'indonesian' if grouped == '.' else 'english'}", spoken))
    return "; ".join([", ".join(words), *(wording(f"new.note.{code}", spoken, **of) for code, of in column.kind.notes)])


def _skipped_lines(table: "SeenTable") -> list[str]:
    """The rows left out, by reason, runs of numbers as ranges."""
    spoken = language(None)
    counts = Counter(row.reason for row in table.skipped)
    return [
        wording("look.skipped", spoken, reason=wording(f"skipped.{reason}", spoken), count=count, numbers=numbers)
        for reason, count in counts.items()
        if (numbers := _ranges([row.number for row in table.skipped if row.reason == reason]))
    ]


def _ranges(numbers: list[int]) -> str:
    runs = [
        [number for _, number in run] for _, run in groupby(enumerate(sorted(numbers)), lambda one: one[1] - one[0])
    ]
    words = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ", ".join(words[:NUMBERS_SHOWN]) + (", …" if len(words) > NUMBERS_SHOWN else "")

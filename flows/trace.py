"""The release before it leaves, searched for the withheld values that its own run read; what is found is a blocker.

Twice: the public columns as soon as they stand, so that a check and an approval show the finding, and the files of
the release when they are written. Pages are drawn from those files alone, so they can hold nothing else.
"""

from collections.abc import Iterable

from catalog import layout
from catalog.tracing import Trace, Withheld, public_words, traces_in_columns, traces_in_documents
from flows.journey import Work
from schemas.errors import ProgrammerError
from schemas.findings import Finding
from schemas.tables import STAGED, PublicTable, searched_columns


def know_withheld(work: Work) -> None:
    """Work out once how the withheld values begin; it rests in the private workspace until the searches ask for it."""
    values = _values(work)
    if values is not None:
        values.first_words()


def traced_columns(work: Work, public: PublicTable) -> tuple[Finding, ...]:
    """A finding for every public column that holds values of a withheld field, and for every such field."""
    values = _values(work)
    if values is None:
        return ()
    return _found(work, traces_in_columns(public.path, public.dataset, values, _spared(work)), public.rows)


def traced_files(work: Work, public: PublicTable) -> tuple[Finding, ...]:
    """The same of the documents in `work.aside`, and of its Parquet where that is not the very file searched before."""
    values = _values(work)
    if values is None:
        return ()
    found = traces_in_documents(work.aside, public.dataset, values, _spared(work))
    parquet = work.aside / layout.data_file(work.contract.id, "parquet")
    if not parquet.samefile(public.path):
        found += traces_in_columns(parquet, public.dataset, values, _spared(work))
    return _found(work, found, public.rows)


def _values(work: Work) -> Withheld | None:
    """The values that staging kept; None for a dataset that withholds nothing to be searched for."""
    columns = searched_columns(work.contract)
    if not columns:
        return None
    staged = work.workspace / STAGED
    if not staged.exists():
        raise ProgrammerError("claim_broken", dataset=work.contract.id)
    return Withheld(staged, columns, work.workspace / "words.npy")


def _spared(work: Work) -> tuple[str, ...]:
    return public_words(work.contract, work.city)


def _found(work: Work, traces: Iterable[Trace], rows: int) -> tuple[Finding, ...]:
    public = {field.name for field in work.contract.public_fields}
    return tuple(_in_column(work, one, rows) if one.place in public else _in_file(one) for one in traces)


def _in_column(work: Work, trace: Trace, rows: int) -> Finding:
    """A recorded decision that the field may hold such values makes it a warning."""
    cleared = work.contract.clearance(trace.place, "own_values")
    return Finding(
        code=f"own_values:{trace.place}:{trace.withheld}",
        rule="own_values",
        fields=(trace.place, trace.withheld),
        because=cleared.ground if cleared else None,
        severity="warning" if cleared else "blocker",
        outcome="failed",
        checked=rows,
        failing=trace.rows,
        actor="ppid",
    )


def _in_file(trace: Trace) -> Finding:
    """Words of a contract are the author's to mend: no decision overrules them."""
    return Finding(
        code=f"own_values_in_file:{trace.place}:{trace.withheld}",
        rule="own_values_in_file",
        fields=(trace.withheld,),
        because=trace.place,
        severity="blocker",
        outcome="failed",
        checked=trace.rows,
        failing=trace.rows,
        actor="author",
    )

"""Errors travel between processes whole, and say who must act by their exit code."""

import copy
import pickle

import pytest

from flows.journey import HeldBack
from schemas.contracts.loading import ContractError, Fault
from schemas.errors import AuthorError, OperatorError, PaluError, ProgrammerError, SupplierError
from schemas.findings import Report, RowAccount

REPORT = Report(
    city="palu",
    dataset="titik-parkir",
    contract="a" * 64,
    rows=RowAccount(read=1, quarantined=0, staged=1),
    findings=(),
)
ERRORS = [
    AuthorError("usage", message="x", command="palu"),
    SupplierError("file_unreadable", file="a.csv", kind="X"),
    OperatorError("disk_full", place="/"),
    ProgrammerError("claim_broken", dataset="titik-parkir"),
    ContractError((Fault("a.yaml", 3, "key_missing", {"place": "-", "key": "id"}),)),
    HeldBack(REPORT),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("travel", [lambda error: pickle.loads(pickle.dumps(error)), copy.copy], ids=["pickle", "copy"])
def test_an_error_travels_whole(error: PaluError, travel: object) -> None:
    found = travel(error)  # type: ignore[operator]
    assert type(found) is type(error)
    assert vars(found) == vars(error)
    assert str(found) == str(error)


@pytest.mark.parametrize(
    ("kind", "code"), [(SupplierError, 1), (AuthorError, 2), (OperatorError, 3), (ProgrammerError, 3), (HeldBack, 1)]
)
def test_the_exit_code_says_who_must_act(kind: type[PaluError], code: int) -> None:
    assert kind.exit_code == code

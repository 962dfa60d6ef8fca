"""Faults that carry values with them, as a library's would: in a step, in the reading child, and in its death."""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any

from flows.journey import Work
from flows.steps import Steps
from transforms.preparation import Job, Prepared, prepare


def steps(**given: Callable[..., Any]) -> Steps:
    """The journey's steps, of which one fails for the datasets that are to fail so; or those that are given."""
    plain = Steps()
    return Steps(**(given or {one.name: _failing(one.name, getattr(plain, one.name)) for one in fields(Steps)}))


def _failing(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(step)
    def fails(work: Work, *handed_on: Any) -> Any:
        if name == "redact" and work.contract.id.endswith("-langkah-gagal"):
            _raise(work.contract.id, (work.workspace / "staged.parquet").read_bytes())
        return step(work, *handed_on)

    return fails


def prepare_or_fail(job: Job) -> Prepared:
    """What the reading child is asked for; for some datasets it fails or dies with the source in its mouth."""
    source = job.snapshot.read_bytes()
    if job.contract.id.endswith("-pembaca-mati"):
        print(source.decode("utf-8", "replace"), flush=True)
        print(source.decode("utf-8", "replace"), file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    if job.contract.id.endswith("-pembaca-gagal"):
        _raise(job.contract.id, source)
    return prepare(job)


def _raise(dataset: str, source: bytes) -> None:
    """An exception that quotes a dataset's values, raised from another that does so too."""
    told = json.dumps(os.environ["NILAI_UJI"]) + source.decode("utf-8", "replace")
    try:
        raise ValueError(f"{dataset}: invalid literal {told}")
    except ValueError as error:
        raise RuntimeError(f"could not convert {told}", told) from error

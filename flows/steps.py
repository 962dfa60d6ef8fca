"""The journey of a dataset, as a visible list of plain functions in their order (DESIGN §2)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.approval import require_approval
from flows.detect import detect
from flows.extract import extract
from flows.journey import Outcome, Work
from flows.layouts import keep_layout
from flows.publish import inputs, publish, written_ahead
from flows.redact import begun_ahead, redact
from flows.release import is_current, release
from flows.retention import forget
from flows.stage import stage
from flows.validate import validate
from schemas.correcting import has_expired


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps in their order. Prefect's flow holds the same ones, each wrapped as a task."""

    extract: Callable[..., Any] = extract
    stage: Callable[..., Any] = stage
    validate: Callable[..., Any] = validate
    redact: Callable[..., Any] = redact
    detect: Callable[..., Any] = detect
    require_approval: Callable[..., Any] = require_approval
    publish: Callable[..., Any] = publish
    release: Callable[..., Any] = release


def travel(work: Work, steps: Steps) -> Outcome:
    """The whole journey of one dataset; raises an error of ours where it ends early."""
    snapshot = steps.extract(work)
    if is_current(work, inputs(work, snapshot)) and not has_expired(work.contract, work.now.date()):
        forget(work, snapshot)
        return Outcome(work.city.id, work.contract.id, "unchanged")
    staged = steps.stage(work, snapshot)
    with begun_ahead(work, staged) as begun:
        report = steps.validate(work, staged)
        public = steps.redact(work, staged, begun)
    with written_ahead(work, public) as written:
        report = steps.detect(work, public, report)
        steps.require_approval(work)
        candidate = steps.publish(work, snapshot, public, report, written)
    outcome: Outcome = steps.release(work, candidate)
    keep_layout(work, staged.prepared.layout)
    forget(work, snapshot)
    return outcome


def examine(work: Work, steps: Steps) -> Outcome:
    """The journey up to the whole report: nothing is published."""
    snapshot = steps.extract(work)
    staged = steps.stage(work, snapshot)
    report = steps.validate(work, staged)
    public = steps.redact(work, staged)
    report = steps.detect(work, public, report)
    return Outcome(work.city.id, work.contract.id, "checked", rows=public.rows, report=report)

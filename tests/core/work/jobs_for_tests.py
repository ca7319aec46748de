"""Jobs that the tests of background work run, and a registry that knows them."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

from throughline.core.registry import assembly
from throughline.core.registry.sockets import Job, Module
from throughline.core.work.progress import CannotBeDone, Progress

CALLS: list[dict[str, Any]] = []


def note_call(progress: Progress, **arguments: Any) -> None:
    CALLS.append({"attempt": progress.attempt, "by": progress.by.actor_label, **arguments})
    progress.say(1, 2, "half way")
    progress.say(2, 2, "all of it")


def say_nothing(progress: Progress) -> None:
    CALLS.append({"attempt": progress.attempt})


def fail_twice(progress: Progress) -> None:
    CALLS.append({"attempt": progress.attempt})
    if progress.attempt < 3:
        raise OSError("the other service did not answer")


def fail_always(progress: Progress) -> None:
    CALLS.append({"attempt": progress.attempt})
    raise OSError("the other service did not answer")


def refuse(progress: Progress) -> None:
    CALLS.append({"attempt": progress.attempt})
    raise CannotBeDone("The round has been closed. Open it, then try again.")


def job(code: str, function: Any, **rest: Any) -> Job:
    return Job(code, code, run=f"{function.__module__}.{function.__name__}", **rest)


def registry_with(*jobs: Job) -> assembly.Registry:
    """A registry that knows these jobs only."""
    assembled = assembly.assemble([Module(code="tests", label="Tests")])
    return dataclasses.replace(assembled, jobs={j.code: j for j in jobs})


OFTEN = timedelta(minutes=5)

"""Building the demonstration: files first, as an authority would bring them in, then families, then each module's part."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Protocol

from django.utils import timezone
from django.utils.module_loading import import_string

from throughline.core.access.actions import install_roles
from throughline.core.audit.actor import Trusted
from throughline.core.audit.once import once, saved_before
from throughline.core.exchange.actions import import_file
from throughline.core.organisations.actions import set_our_authority
from throughline.core.organisations.queries import schools_by_urn
from throughline.core.people.bulk import add_families
from throughline.core.registry.assembly import installed
from throughline.web.portals.demonstration import keep_situations

from . import files
from .accounts import SignIn, make_accounts, staff
from .families import Family
from .record import add_jobs, rows_of
from .sharing import make_sharing
from .town import AUTHORITY, SEED, SHORT_NAME, SIZE, Town, make_town

BUILDER = Trusted("The demonstration")
FAMILIES_AT_ONCE = 1_500


class Report(Protocol):
    """Told how far the building is: ``report("Families", 3_000, 14_000)``."""

    def __call__(self, words: object, done: int | None = None, total: int | None = None) -> None: ...


class NotBuilt(RuntimeError):
    """A file of the demonstration was refused, so building stopped. What was built before it was kept."""


@dataclass
class Built:
    """What there is now: counts by what they count, and the sign-ins to try it with."""

    counts: dict[str, int] = field(default_factory=dict)
    sign_ins: list[SignIn] = field(default_factory=list)


def build(
    report: Report | None = None,
    *,
    size: int = SIZE,
    seed: str = SEED,
    today: date | None = None,
) -> Built:
    """Build the invented authority, or what is still missing of it.

    Each stage is one transaction with a mark. Stopped half-way, the next call goes on from the last finished stage;
    called again when all is there, it writes nothing.

    Args:
        report: told of each step.
        size: children; the schools and streets are the same for any number.
        seed: another seed makes another town of the same kind.
        today: the day the town is made for.
    """
    say = report or _silent
    say("Making up a town")
    town = make_town(seed, size, today or timezone.localdate())
    install_roles(by=BUILDER, registry=installed())
    set_our_authority_once(town)
    bring_in_files(town, say)
    town.school_ids = {
        urn: school.pk for urn, school in schools_by_urn(school.urn for school in town.schools).items()
    }
    bring_in_families(town, say)
    counts = _counts(town)
    _add_parts(town, say, counts, with_people=False)
    say("Making sign-ins")
    people = make_accounts(town, BUILDER)
    say("Deciding who sees what")
    by_name = {one.name: one.email for one in people}
    make_sharing(town, BUILDER, by_name | {one.role: one.email for one in staff()})
    _add_parts(town, say, counts, with_people=True)
    keep_situations({one.email: one.what for one in people})
    return Built(counts, people)


def _add_parts(town: Town, report: Report, counts: dict[str, int], *, with_people: bool) -> None:
    for part in installed().demonstration:
        if part.with_people == with_people:
            _once_done(town, part.run, partial(_add_part, part.run, town, report, counts))


def _add_part(path: str, town: Town, report: Report, counts: dict[str, int]) -> None:
    counts.update(import_string(path)(town, report))


def set_our_authority_once(town: Town) -> None:
    """The authority's name and colour, as its administrator would set them. Changed later, they stay changed."""

    def act() -> str:
        set_our_authority(
            by=BUILDER, code=town.authority_code, name=AUTHORITY, short_name=SHORT_NAME, colour="#0b5d5e"
        )
        return "done"

    once(_mark(town, "authority"), by=BUILDER, act=act)


def bring_in_files(town: Town, report: Report) -> None:
    """Schools, postcodes and catchments, each through the door an authority's own file would take."""
    rolls = Counter(child.school for _, child in town.children() if child.school)
    wanted: list[tuple[str, str, bytes, Mapping[str, str]]] = [
        ("gias", "wendmere-schools.csv", files.register_of_schools(town.schools, rolls, SHORT_NAME), {}),
        ("gias-links", "wendmere-links.csv", files.register_of_links(town.schools), {}),
        (
            "postcodes",
            "wendmere-postcodes.csv",
            files.postcode_directory(town.postcodes),
            {"source": "Invented"},
        ),
        *(
            ("catchments", f"{layer}.geojson", data, {"layer": layer, "source": "Invented"})
            for layer, data in files.layers_with_files(town.areas).items()
        ),
        ("catchment-schools", "catchment-schools.csv", files.schools_of_catchments(town.areas), {}),
    ]
    for number, (kind, name, data, options) in enumerate(wanted, start=1):
        report("Bringing in files", number, len(wanted))
        _once_done(town, f"file {name}", partial(_bring_in, kind, name, data, options))


def _bring_in(kind: str, name: str, data: bytes, options: Mapping[str, str]) -> None:
    row = import_file(by=BUILDER, kind=kind, name=name, data=data, options=options)
    if row.state == "refused":
        raise NotBuilt(f"{name}: {row.refusal}")


def bring_in_families(town: Town, report: Report) -> None:
    """Every family, in one transaction."""

    def act() -> str:
        rng = town.random_for("record")
        # Foster carers first: children who live with them point to their homes.
        ordered = sorted(town.families, key=lambda family: not family.foster)
        with _nothing_collected():
            for at in range(0, len(ordered), FAMILIES_AT_ONCE):
                report("Bringing in families", at, len(ordered))
                _add(
                    town, ordered[at : at + FAMILIES_AT_ONCE], rng, last=at + FAMILIES_AT_ONCE >= len(ordered)
                )
        report("Bringing in families", len(ordered), len(ordered))
        return "done"

    once(_mark(town, "families"), by=BUILDER, act=act)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Hundreds of thousands of rows are made and none is rubbish: looking for rubbish would take a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _add(town: Town, families: list[Family], rng: Any, *, last: bool) -> None:
    rows = rows_of(town, families, rng)
    if last:
        add_jobs(town, rows, town.jobs)
    add_families(by=BUILDER, rows=rows)


def _once_done(town: Town, stage: str, act: Callable[[], Any]) -> None:
    """Run a stage that has transactions of its own, and mark it when it is through: half done, it is run again."""
    mark = _mark(town, stage)
    if saved_before(mark, by=BUILDER):
        return
    act()
    once(mark, by=BUILDER, act=lambda: "done")


def _mark(town: Town, stage: str) -> str:
    return f"demonstration:{town.seed}:{town.size}:{stage}"


def _counts(town: Town) -> dict[str, int]:
    children = sum(1 for _ in town.children())
    return {
        "schools": len(town.schools),
        "postcodes": len(town.postcodes),
        "areas": len(town.areas),
        "families": len(town.families),
        "children": children,
    }


def _silent(words: object, done: int | None = None, total: int | None = None) -> None:
    """Nobody is listening."""

"""Whatever children there are: what must go goes, what must be kept is as it was, and a restore changes neither.

The day on which each must go is worked out here a second time, from the law as the schedules give it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, example, given
from hypothesis import settings as generated
from hypothesis import strategies as st
from tests.core.retention.scene import person, whole_database
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.audit.tables import Appended, Guarded
from throughline.core.people.models import Adult, Child, Fact, Sibling, Tie
from throughline.core.people.tables_about import child_columns, rows_of
from throughline.core.registry.assembly import installed
from throughline.core.retention.actions.disposals import approve_disposal, propose_disposal
from throughline.core.retention.actions.holds import place_hold
from throughline.core.retention.actions.parts import propose_parts
from throughline.core.retention.disposal_log import log_path
from throughline.core.retention.executing import dispose
from throughline.core.retention.models import Certificate, Disposal
from throughline.core.retention.parts import parts_in_force
from throughline.core.retention.replaying import replay, undone
from throughline.modules.admissions.models import Application, Round

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
YEARS = {"ehc_plan": 31, "missing_education": 31, "idp": 31, "looked_after": 75}
EARLY = ("ehc_plan", "missing_education", "looked_after")
WORDS = ("Ambrosel", "Brackwith", "Corrindale")


@dataclass(frozen=True)
class Told:
    """One child as it is made up."""

    born: int
    facts: frozenset[str]
    entered: frozenset[int]
    held: bool

    def ends(self) -> dict[str, date | None]:
        found: dict[str, date | None] = {"main": date(self.born + 25, 5, 4)}
        for kind in self.facts:
            found[kind] = None if kind == "youth_justice" else date(self.born + YEARS[kind], 5, 4)
        if self.entered:
            found["admission_file"] = date(max(self.entered) + 2, 8, 31)
        return found

    def goes(self) -> bool:
        ends = self.ends().values()
        return not self.held and all(end is not None and end < TODAY for end in ends)

    def facts_that_stay(self) -> set[str]:
        ends = self.ends()
        gone = {kind for kind in EARLY if kind in ends and (ends[kind] or TODAY) < TODAY}
        return set(self.facts) - (set() if self.held else gone)

    def applications_that_stay(self) -> set[int]:
        gone = set() if self.held else {year for year in self.entered if date(year + 2, 8, 31) < TODAY}
        return set(self.entered) - gone


CHILDREN = st.builds(
    Told,
    born=st.sampled_from([1940, 1990, 1995, 2000, 2001, 2002, 2012]),
    facts=st.frozensets(st.sampled_from([*YEARS, "youth_justice"]), max_size=3),
    entered=st.frozensets(st.sampled_from([2022, 2024, 2025]), max_size=2),
    held=st.booleans(),
)


@pytest.fixture(autouse=True)
def day(settings: Any, tmp_path: Path, frozen: Any) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    settings.DISPOSAL_LOG = tmp_path / "disposals.log"
    frozen("2026-11-28 09:00")


@generated(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(
    told=[
        Told(1990, frozenset(("idp", "ehc_plan", "looked_after")), frozenset((2022, 2025)), held=False),
        Told(1940, frozenset(("looked_after",)), frozenset(), held=False),
        Told(1990, frozenset(("missing_education", "youth_justice")), frozenset((2022,)), held=True),
    ]
)
@given(told=st.lists(CHILDREN, min_size=1, max_size=len(WORDS)))
def test_what_must_go_goes_and_what_must_be_kept_is_as_it_was(told: list[Told]) -> None:
    # The file is no part of the transaction: each example has a log of its own.
    log_path().unlink(missing_ok=True)
    with transaction.atomic():
        _held_against(told)
        transaction.set_rollback(True)


def _held_against(told: list[Told]) -> None:
    children = _make(told)
    before = _rows()
    backup = transaction.savepoint()
    _dispose_of_everything(children)
    after, proofs = _rows(), _certificates()
    _check(told, children, before)
    transaction.savepoint_rollback(backup)
    assert _rows() == before
    assert len(undone()) == len(proofs)
    replay(by=TEST)
    assert (_rows(), _certificates(), undone()) == (after, proofs, [])
    _check(told, children, before)


def _make(told: list[Told]) -> list[Child]:
    """Each child after the first is a brother or sister of the one before, and shares a father with it."""
    day = date(2020, 1, 1)
    days = dict.fromkeys(
        ("born_from", "born_to", "opens", "closes", "late_until", "offer_day", "reply_by"), day
    )
    children: list[Child] = []
    with change("children made up", by=TEST):
        rounds = {
            year: Round.objects.create(name="x", phase="year_7", entry_year=year, seed="x", **days)
            for year in (2022, 2024, 2025)
        }
        father = Adult.objects.create(forename="Father", surname="x")
        for n, (one, word) in enumerate(zip(told, WORDS, strict=False)):
            child = Child.objects.create(
                reference=f"C-LAW{n}", forename=word, surname="x", born=date(one.born, 5, 4)
            )
            mother = Adult.objects.create(forename=f"{word}mum", surname="x")
            for adult in (father, mother):
                Tie.objects.create(child=child, adult=adult, kind="other", evidence=word)
            for kind in sorted(one.facts):
                Fact.objects.create(child=child, kind=kind, source=word)
            for year in sorted(one.entered):
                Application.objects.create(
                    round=rounds[year], child=child, reference=f"A-{n}-{year}", answers={"said": word}
                )
            if children:
                first, second = sorted((children[-1].pk, child.pk))
                Sibling.objects.create(child_id=first, other_id=second, kind="full")
            children.append(child)
    for child, one in zip(children, told, strict=False):
        if one.held:
            place_hold(by=person("retention.hold"), child_id=child.pk, reason="A court")
    return children


def _dispose_of_everything(children: list[Child]) -> None:
    """Somebody proposes all there is, and somebody else approves all of it."""
    keys, by, lead = (
        [child.pk for child in children],
        person("retention.propose"),
        person("retention.approve"),
    )
    propose_disposal(by=by, children=keys, reason="x")
    for code in parts_in_force(TODAY):
        propose_parts(by=by, code=code, children=keys, reason="x")
    for row in Disposal.objects.order_by("pk"):
        approve_disposal(by=lead, disposal_id=row.pk)
        assert dispose(by=TEST, disposal_id=row.pk)


def _check(told: list[Told], children: list[Child], before: dict[str, dict[Any, Any]]) -> None:
    said = " ".join(whole_database().values())
    now = _rows()
    for one, child, word in zip(told, children, WORDS, strict=False):
        assert (word in said) is not one.goes(), one
        assert Child.objects.filter(pk=child.pk).exists() is not one.goes(), one
        if one.goes():
            continue
        facts = Fact.objects.filter(child=child).values_list("kind", flat=True)
        years = Application.objects.filter(child=child).values_list("round__entry_year", flat=True)
        assert (set(facts), set(years)) == (one.facts_that_stay(), one.applications_that_stay()), one
        assert Tie.objects.filter(child=child, evidence=word).count() == 2
    for label, rows in now.items():
        assert all(before[label][key] == row for key, row in rows.items()), label


def _rows() -> dict[str, dict[Any, Any]]:
    """Every row about a child, and every adult, by table and key."""
    tables = [
        model
        for model in apps.get_models()
        if issubclass(model, Guarded | Appended) and (child_columns(model) or model in (Child, Adult))
    ]
    return {model._meta.label: {row["id"]: row for row in rows_of(model).values()} for model in tables}


def _certificates() -> list[Any]:
    return list(
        Certificate.objects.order_by("reference").values_list("reference", "at", "part", "counts", "digest")
    )


def test_whatever_goes_early_is_of_a_kind_whose_period_keeps_the_whole_record_too() -> None:
    assert set(installed().parts) <= set(installed().retention)

"""Turning rows into what a reader may see: decided once, in a fixed number of queries, and never left blank."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.people import TEST, make_user, viewer

from throughline.core.access.viewer import Post, Viewer
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.organisations.models import School
from throughline.core.people.models import Adult, Child, Enrolment, Tie
from throughline.core.people.queries import show_children
from throughline.core.sharing.models import BrokenGlass, Override, Rule
from throughline.core.sharing.show import Sight, Withheld
from throughline.rules.sharing.decide import Reason

pytestmark = pytest.mark.django_db
ADDRESS, IDENTITY, RESTRICTED = "people.address", "people.identity", "people.restricted_address"


def officer(on: date | None = None, user: Any = None) -> Viewer:
    return viewer(roles=["admissions_officer"], on=on, user=user)


def clerk() -> Viewer:
    return viewer(roles=["admissions_viewer"])


def rule(category: str, reader: str, detail: str, since: int = -1, until: int | None = None) -> None:
    """A local rule, between so many days from today."""
    today = timezone.localdate()
    with change("rule made", by=TEST):
        Rule.objects.create(
            category=category,
            reader=reader,
            detail=detail,
            since=today + timedelta(days=since),
            until=None if until is None else today + timedelta(days=until),
        )


def override(who: Viewer, child: UUID, category: str, grants: bool, until: int = 0) -> None:
    today = timezone.localdate()
    with change("override made", by=TEST):
        Override.objects.create(
            child_id=child,
            user_id=who.user_id,
            category=category,
            grants=grants,
            reason="A court order",
            state="approved",
            since=today - timedelta(days=10),
            until=today + timedelta(days=until),
        )


def test_a_value_is_shown_to_those_whom_a_default_lets_see_it() -> None:
    child = uuid4()
    assert Sight(officer(), [child]).value(child, ADDRESS, "1 Invented Road") == "1 Invented Road"
    withheld = Sight(clerk(), [child]).value(child, ADDRESS, "1 Invented Road")
    assert withheld == Withheld(Reason.NO_RULE, ADDRESS)
    assert str(withheld) == "Not shown: your role does not include this information."


def test_even_an_absent_value_is_withheld_so_that_a_blank_says_nothing() -> None:
    child = uuid4()
    assert isinstance(Sight(clerk(), [child]).value(child, ADDRESS, ""), Withheld)


def test_what_is_restricted_says_so_for_its_own_reason() -> None:
    child = uuid4()
    withheld = Sight(officer(), [child]).value(child, RESTRICTED, "1 Invented Road")
    assert withheld == Withheld(Reason.RESTRICTED, RESTRICTED)
    assert "restricted to keep somebody safe" in str(withheld)
    assert "Invented" not in repr(withheld)


def test_a_local_rule_replaces_the_default_for_its_reader() -> None:
    child = uuid4()
    rule(ADDRESS, "role:admissions_officer", "none")
    withheld = Sight(officer(), [child]).value(child, ADDRESS, "1 Invented Road")
    assert withheld == Withheld(Reason.RULE_WITHHOLDS, ADDRESS)
    # The manager's default stands: the rule is about officers.
    manager = viewer(roles=["admissions_manager"])
    assert Sight(manager, [child]).value(child, ADDRESS, "1 Invented Road") == "1 Invented Road"


def test_a_local_rule_shows_what_no_default_shows() -> None:
    child = uuid4()
    rule(ADDRESS, "role:admissions_viewer", "full")
    assert Sight(clerk(), [child]).may_see(child, ADDRESS)


def test_a_local_rule_that_is_over_leaves_nothing_behind() -> None:
    child = uuid4()
    rule(ADDRESS, "role:admissions_viewer", "full", since=-9, until=-1)
    assert not Sight(clerk(), [child]).may_see(child, ADDRESS)


def test_an_override_withholds_from_one_reader_about_one_child_until_its_day() -> None:
    one, other = uuid4(), uuid4()
    named, colleague = officer(user=make_user()), officer(user=make_user())
    override(named, one, ADDRESS, grants=False)
    sight = Sight(named, [one, other])
    assert sight.value(one, ADDRESS, "x") == Withheld(Reason.OVERRIDE_WITHHOLDS, ADDRESS)
    assert sight.value(other, ADDRESS, "x") == "x"
    assert sight.value(one, IDENTITY, "x") == "x"
    assert Sight(colleague, [one]).value(one, ADDRESS, "x") == "x"
    tomorrow = viewer(roles=named.roles, on=timezone.localdate() + timedelta(days=1))
    assert Sight(tomorrow, [one]).value(one, ADDRESS, "x") == "x"


def test_an_override_that_grants_ends_on_its_day() -> None:
    child, who = uuid4(), clerk()
    override(who, child, ADDRESS, grants=True, until=-1)
    assert not Sight(who, [child]).may_see(child, ADDRESS)
    override(who, child, ADDRESS, grants=True, until=0)
    assert Sight(who, [child]).may_see(child, ADDRESS)


def test_a_proposed_override_changes_nothing_until_it_is_approved() -> None:
    child, who = uuid4(), clerk()
    override(who, child, ADDRESS, grants=True)
    with change("set back", by=TEST):
        Override.objects.update(state="proposed")
    assert not Sight(who, [child]).may_see(child, ADDRESS)


def test_an_emergency_opens_a_record_for_its_hours_and_never_what_is_sealed() -> None:
    child, other, who = uuid4(), uuid4(), viewer("sharing.emergency", roles=["admissions_viewer"])
    now = timezone.now()
    with change("glass broken", by=TEST):
        BrokenGlass.objects.create(
            child_id=child, user_id=who.user_id, opened_by="x", reason="x", ends_at=now + timedelta(hours=1)
        )
    sight = Sight(who, [child, other])
    assert sight.value(child, RESTRICTED, "x") == "x"
    assert sight.decision(child, RESTRICTED).reason == Reason.EMERGENCY
    assert not sight.may_see(child, "people.sealed")
    assert not sight.may_see(other, ADDRESS)
    without_the_post = dataclasses.replace(who, permissions=frozenset())
    assert not Sight(without_the_post, [child]).may_see(child, ADDRESS)
    with change("hours over", by=TEST):
        BrokenGlass.objects.update(ends_at=now - timedelta(seconds=1))
    assert not Sight(who, [child]).may_see(child, ADDRESS)


def test_what_is_withheld_from_one_reader_stays_withheld_in_an_emergency() -> None:
    child, who = uuid4(), viewer("sharing.emergency", roles=["admissions_officer"], user=make_user())
    override(who, child, ADDRESS, grants=False)
    with change("glass broken", by=TEST):
        BrokenGlass.objects.create(
            child_id=child,
            user_id=who.user_id,
            opened_by="x",
            reason="x",
            ends_at=timezone.now() + timedelta(hours=1),
        )
    assert not Sight(who, [child]).may_see(child, ADDRESS)


def test_a_role_with_a_reach_counts_only_for_children_within_it() -> None:
    near, far = children(2)
    with change("school made", by=TEST):
        school = School.objects.create(urn="100001", la_code="999", name="Ash School")
        elsewhere = School.objects.create(urn="100002", la_code="999", name="Elm School")
        Enrolment.objects.create(child=near, school=school, since="2020-09-01")
        Enrolment.objects.create(child=far, school=elsewhere, since="2020-09-01")
        Enrolment.objects.create(child=far, school=school, since="2019-09-01", until=timezone.localdate())
    teacher = dataclasses.replace(
        viewer(portal="school", roles=["designated_teacher"]),
        posts=(
            Post("designated_teacher", school.pk, None, "at_own_school"),
            Post("school_administrator", elsewhere.pk, None, "at_own_school"),
        ),
    )
    sight = Sight(teacher, [near.pk, far.pk])
    assert sight.may_see(near.pk, ADDRESS)
    assert not sight.may_see(far.pk, ADDRESS), "he left this school today; at the other the role is another"


def test_a_row_shows_every_declared_field_or_says_why_not() -> None:
    with change("child made", by=TEST):
        child = Child.objects.create(reference="C-1", forename="Mia", surname="Rees", born="2020-01-01")
    shown = Sight(clerk(), [child.pk]).row(child.pk, child)
    assert {"forename", "surname", "born", "upn"} <= set(shown)
    assert all(isinstance(value, Withheld) for value in shown.values())


def test_a_look_names_only_the_children_and_categories_that_were_shown() -> None:
    one, other = uuid4(), uuid4()
    who = officer()
    sight = Sight(who, [one, other])
    sight.value(one, ADDRESS, "x")
    sight.value(other, RESTRICTED, "x")
    sight.record_look("a page")
    (event,) = Event.objects.filter(kind="a page")
    assert [(line.child_id, line.fields) for line in event.lines.all()] == [(one, [ADDRESS])]


def test_a_look_through_lent_eyes_shows_what_they_see_and_is_written_down_as_the_borrowers() -> None:
    child, borrower = uuid4(), officer(user=make_user())
    sight = Sight(clerk(), [child], readers=frozenset({"role:school_office"}), lent_to=borrower)
    assert sight.value(child, ADDRESS, "x") == "x"
    assert not sight.may_see(child, "people.social_care")
    sight.record_look("the record")
    event = Event.objects.get(kind="the record, as another would see it")
    assert event.actor_id == borrower.user_id


def test_lent_eyes_never_show_the_borrower_what_they_may_not_see_themselves() -> None:
    child, borrower = uuid4(), viewer(roles=["caseworker"], user=make_user())
    lent = {"readers": frozenset({"carer_at_home"}), "lent_to": borrower}
    sight = Sight(viewer(portal="family"), [child], **lent)
    withheld = sight.value(child, RESTRICTED, "1 Hidden Lane")
    assert withheld == Withheld(Reason.NOT_YOURS, RESTRICTED)
    assert "They are shown this" in str(withheld)
    assert sight.value(child, ADDRESS, "1 Invented Road") == "1 Invented Road"
    lead = viewer(roles=["safeguarding_lead"], user=make_user())
    whole = Sight(viewer(portal="family"), [child], **{**lent, "lent_to": lead})
    assert whole.value(child, RESTRICTED, "1 Hidden Lane") == "1 Hidden Lane"


def children(number: int) -> list[Child]:
    with change("children made", by=TEST):
        return Child.objects.bulk_create(
            Child(reference=f"C-{n}", forename=f"Child{n}", surname="Rees", born="2020-01-01")
            for n in range(number)
        )


@pytest.mark.parametrize("portal", ["staff", "family"])
def test_two_hundred_children_cost_as_many_queries_as_one(
    portal: str, django_assert_max_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    rows = children(200)
    user = make_user(portal="family")
    with change("ties made", by=TEST):
        adult = Adult.objects.create(user=user, forename="Ann", surname="Rees")
        Tie.objects.bulk_create(
            Tie(child=row, adult=adult, kind="mother", parental_responsibility=True) for row in rows
        )
    who = officer() if portal == "staff" else viewer(portal="family", user=user)
    counts = []
    for part in (rows[:1], rows):
        with django_assert_max_num_queries(12) as found:
            shown = show_children(who, part, "a list")
        assert len(shown) == len(part)
        assert all(each.name == f"Child{n} Rees" for n, each in enumerate(shown))
        # The lines of the look go in by as many statements as the database's limit on values asks for.
        counts.append(sum(query["sql"].startswith("SELECT") for query in found.captured_queries))
    assert counts[0] == counts[1]

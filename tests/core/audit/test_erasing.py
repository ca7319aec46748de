"""What a disposed record said leaves the trail; that it was there, and when, stays, and the seals hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.core.audit.tampering import rewrite, unguarded
from tests.support.people import TEST, viewer

from throughline.core.audit.change import change
from throughline.core.audit.erasing import erase_values
from throughline.core.audit.look import look
from throughline.core.audit.models import Event, Line
from throughline.core.audit.sealing import seal_trail
from throughline.core.audit.verifying import verify_trail
from throughline.core.people.models import Child

pytestmark = pytest.mark.django_db
CANARY = "Zebedeequinox"


def a_child(reference: str) -> Child:
    with change("child added", by=TEST, reason=f"{CANARY} came"):
        child = Child.objects.create(
            reference=reference, forename=CANARY, surname="Marl", born=date(2001, 2, 3)
        )
    with change("child corrected", by=TEST, reason=f"{CANARY} asked"):
        child.forename = f"{CANARY}a"
        child.save()
    return child


@pytest.fixture
def child() -> Child:
    child = a_child("C-1")
    look(viewer(), "the record", [child.pk], ["people.identity"])
    seal_trail()
    return child


def said() -> str:
    """Every letter of the trail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_event")
        events = cursor.fetchall()
        cursor.execute("SELECT * FROM audit_line")
        return str(events + cursor.fetchall())


def breaks() -> list[tuple[str, UUID | None]]:
    return [(one.kind, one.event) for one in verify_trail().breaks]


def test_values_are_gone_and_the_seals_hold(child: Child) -> None:
    assert CANARY in said()
    erased = erase_values(by=TEST, certificate="D-1", children=[child.pk])
    assert (erased.lines, erased.events) == (2, 2)
    assert CANARY not in said()
    assert breaks() == []
    seal_trail()
    assert breaks() == []


def test_what_was_done_and_who_looked_is_still_told(child: Child) -> None:
    erase_values(by=TEST, certificate="D-1", children=[child.pk])
    kinds = set(Line.objects.filter(child_id=child.pk).values_list("event__kind", flat=True))
    assert kinds == {"child added", "child corrected", "the record"}
    assert set(Line.objects.filter(child_id=child.pk).values_list("child_id", flat=True)) == {child.pk}


def test_what_is_said_of_others_stays(child: Child) -> None:
    other = a_child("C-2")
    erase_values(by=TEST, certificate="D-1", children=[child.pk])
    line = Line.objects.get(child_id=other.pk, before__isnull=False)
    assert line.after == {"forename": f"{CANARY}a"}


def test_a_reason_given_for_several_children_stays_while_one_of_them_does() -> None:
    one, other = a_child("C-1"), a_child("C-2")
    with change("both moved", by=TEST, reason="A census"):
        for child in (one, other):
            child.surname = "Moved"
            child.save()
    erase_values(by=TEST, certificate="D-1", children=[one.pk])
    assert Event.objects.get(kind="both moved").reason == "A census"
    erase_values(by=TEST, certificate="D-2", children=[other.pk])
    assert Event.objects.get(kind="both moved").reason == ""


def test_the_name_of_somebody_who_acted_can_go_after_the_reason() -> None:
    child, actor = a_child("C-1"), viewer()
    with change("child renamed", by=actor, reason=CANARY):
        child.surname = "Other"
        child.save()
    seal_trail()
    erase_values(by=TEST, certificate="D-1", children=[child.pk])
    event = Event.objects.get(kind="child renamed")
    assert (event.reason, event.actor_label) == ("", actor.actor_label)
    erase_values(by=TEST, certificate="D-2", children=[], actors=[actor.user_id])
    assert Event.objects.get(kind="child renamed").actor_label == ""
    assert breaks() == []


def test_an_erasure_without_a_certificate_is_found(child: Child) -> None:
    line = Line.objects.get(child_id=child.pk, before__isnull=False)
    rewrite(line, before=None, after=None)
    assert breaks() == [("changed", line.event_id)]


def test_an_erasure_that_only_claims_a_certificate_is_found(child: Child) -> None:
    """The database lets it through, as it must for a disposal; nothing in the trail accounts for it."""
    line = Line.objects.get(child_id=child.pk, before__isnull=False)
    rewrite(line, before=None, after=None, gone={"values": ["D-1", "0" * 64]})
    assert {kind for kind, _ in breaks()} == {"changed", "erased"}


def test_one_more_erasure_under_a_real_certificate_is_found(child: Child) -> None:
    other = a_child("C-2")
    seal_trail()
    erase_values(by=TEST, certificate="D-1", children=[child.pk])
    line = Line.objects.get(child_id=other.pk, before__isnull=False)
    rewrite(line, before=None, after=None, gone={"values": ["D-1", "0" * 64]})
    assert ("erased", line.event_id) in breaks()


def test_values_put_back_in_where_they_were_disposed_of_are_found(child: Child) -> None:
    line = Line.objects.get(child_id=child.pk, before__isnull=False)
    erase_values(by=TEST, certificate="D-1", children=[child.pk])
    rewrite(line, after={"forename": "Made up"})
    assert breaks() == [("changed", line.event_id)]


UPDATES = {
    "values changed": "UPDATE audit_line SET after = '{}' WHERE before IS NOT NULL",
    "values emptied without a certificate": "UPDATE audit_line SET before = NULL, after = NULL",
    "values exchanged under a certificate": "UPDATE audit_line SET after = '{}', gone = '[]' WHERE before IS NOT NULL",
    "another child": "UPDATE audit_line SET child_id = NULL, before = NULL, after = NULL, gone = '[]'",
    "other fields": "UPDATE audit_line SET fields = '[]', gone = '[]'",
    "another reason": "UPDATE audit_event SET reason = 'x', gone = '[]'",
    "another moment": "UPDATE audit_event SET at = %s, reason = '', gone = '[]'",
    "a look for an act": "UPDATE audit_event SET looked = NOT looked, reason = '', gone = '[]'",
}


@pytest.mark.parametrize("way", UPDATES)
def test_the_database_refuses_every_other_change(child: Child, way: str) -> None:
    given = [datetime(2020, 1, 1, tzinfo=UTC)] if "%s" in UPDATES[way] else []
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(UPDATES[way], given)


def test_a_certificate_once_named_cannot_be_exchanged(child: Child) -> None:
    erase_values(by=TEST, certificate="D-1", children=[child.pk])
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE audit_line SET salt = 'x' WHERE gone IS NOT NULL")


def test_erasing_what_is_not_there_erases_nothing() -> None:
    erased = erase_values(by=TEST, certificate="D-1", children=[uuid4()])
    assert (erased.lines, erased.events) == (0, 0)
    assert breaks() == []
    with unguarded():
        assert breaks() == []

"""A change and its trail are stored together or not at all, however the end of the transaction is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.support.people import TEST, make_user, viewer

from throughline.core.access.models import Membership, Role, Team
from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.audit.look import look
from throughline.core.audit.models import Event, Line

# Transactions of their own: inside a test's transaction no change is ever the whole of one.
pytestmark = pytest.mark.django_db(transaction=True)
NAMELESS = Trusted(None)  # type: ignore[arg-type]
"""The trail cannot be written of somebody who has no name."""


def make_team(name: str = "North") -> None:
    Team.objects.create(name=name, description="")


def stored() -> tuple[int, int, int]:
    """How many teams, and how many events and lines of making them, a second connection would see."""
    connection.close()
    made = Event.objects.filter(kind="team made")
    return Team.objects.count(), made.count(), Line.objects.filter(event__in=made).count()


def messages(act: Callable[[], Any]) -> list[str]:
    """What is sent to the database through Django, the end of the transaction apart."""
    sent: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        act()
    return sent


def test_a_change_is_stored_with_its_trail_and_what_waits_for_it_runs_once() -> None:
    ran: list[tuple[int, bool]] = []
    with change("team made", by=TEST):
        make_team()
        transaction.on_commit(lambda: ran.append((Event.objects.count(), connection.in_atomic_block)))
    assert ran == [(1, False)]
    assert connection.get_autocommit()
    assert stored() == (1, 1, 1)


def test_one_change_after_another_on_one_connection_is_stored() -> None:
    for name in ("North", "South", "West"):
        with change("team made", by=TEST):
            make_team(name)
    assert stored() == (3, 3, 3)


def test_a_change_whose_trail_cannot_be_written_is_not_stored() -> None:
    with pytest.raises(IntegrityError), change("team made", by=NAMELESS):
        make_team()
    assert connection.get_autocommit()
    assert stored() == (0, 0, 0)


def test_a_change_that_the_database_refuses_at_its_end_leaves_no_trail() -> None:
    user, role = make_user("a.permission"), Role.objects.get()

    def act() -> None:
        with change("team made", by=TEST):
            make_team()
            Membership.objects.create(user=user, role=role, team_id=uuid4())

    with pytest.raises(IntegrityError):
        act()
    assert connection.get_autocommit()
    assert stored() == (0, 0, 0)


def test_a_change_inside_another_transaction_waits_for_its_end() -> None:
    def fail() -> None:
        with transaction.atomic():
            with change("team made", by=TEST):
                make_team()
            raise ValueError("afterwards")

    with pytest.raises(ValueError, match="afterwards"):
        fail()
    assert stored() == (0, 0, 0)


def test_a_change_inside_another_change_waits_for_its_end() -> None:
    def fail() -> None:
        with change("all of it", by=TEST):
            with change("team made", by=TEST):
                make_team()
            look(viewer(), "a look inside", [uuid4()])
            raise ValueError("afterwards")

    with pytest.raises(ValueError, match="afterwards"):
        fail()
    assert stored() == (0, 0, 0)
    assert not Event.objects.exists()


def test_a_change_that_is_to_be_undone_leaves_neither_row_nor_trail() -> None:
    def act() -> None:
        with change("team made", by=TEST):
            make_team()
            transaction.set_rollback(True)

    with pytest.raises(transaction.TransactionManagementError):
        act()
    assert stored() == (0, 0, 0)


def test_a_change_of_more_rows_than_go_into_one_statement_is_stored_whole() -> None:
    with change("team made", by=TEST):
        Team.objects.bulk_create([Team(name=f"Team {number}", description="") for number in range(1_203)])
    assert stored() == (1_203, 1, 1_203)


@pytest.mark.postgresql
def test_on_postgresql_the_trail_of_a_look_costs_no_message_but_the_end() -> None:
    (sent,) = messages(lambda: look(viewer(), "a page", [uuid4()]))
    assert sent.endswith("; COMMIT")
    assert Event.objects.get().kind == "a page"


@pytest.mark.postgresql
def test_on_postgresql_nothing_ends_a_transaction_that_is_not_its_own() -> None:
    def act() -> None:
        with transaction.atomic(), change("team made", by=TEST):
            make_team()

    assert not [sql for sql in messages(act) if "COMMIT" in sql]
    assert stored() == (1, 1, 1)

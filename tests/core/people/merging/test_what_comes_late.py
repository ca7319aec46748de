"""What is written to a record while it is being merged is brought to the one that was kept, and goes back when it is undone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.people.merging.test_two_records_of_one_child import (
    KINDS,
    _Scene,
    child,
    everything,
    make,
    merged,
)
from tests.support.people import TEST
from tests.support.people import viewer as viewer_with

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.change import change
from throughline.core.people.limits import free_ties
from throughline.core.people.merging import gather_left_behind, gathering, unmerge_records
from throughline.core.people.models import Adult, Child, ContactLimit, Fact, FormerName, Merge, Tie
from throughline.core.retention.models import Hold
from throughline.core.work.models import Piece

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def officer(viewer: Callable[..., Any]) -> Any:
    return viewer("people.merge")


def gather() -> int:
    return gather_left_behind(by=THROUGHLINE)


def test_a_row_that_came_late_is_brought_to_the_record_that_was_kept_and_undone_with_it(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    merge = merged(officer, kept, gone)
    make(Hold, child=gone, reason="A court")
    make(Fact, child=gone, kind="idp", source="A")
    assert gather() == 2
    assert set(Hold.objects.values_list("child_id", flat=True)) == {kept.pk}
    assert Fact.objects.get().child == kept
    assert gather() == 0
    unmerge_records(by=officer, merge_id=merge.pk, reason="Twins")
    assert set(Hold.objects.values_list("child_id", flat=True)) == {gone.pk}
    assert Fact.objects.get().child == gone


def test_a_limit_on_contact_that_came_late_holds_for_the_tie_that_is_kept(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    father = make(Adult, forename="Owen", surname="Rees")
    ties = [make(Tie, child=each, adult=father, kind="father") for each in (kept, gone)]
    merged(officer, kept, gone)
    assert free_ties(DAY, child=kept).exists()
    make(ContactLimit, tie=ties[1], child=gone, kind="no_contact", keeps_back="everything", evidence="Order")
    gather()
    limit = ContactLimit.objects.get()
    assert (limit.tie, limit.child) == (ties[0], kept)
    assert not free_ties(DAY, child=kept).exists(), "the father is told nothing"


def test_a_limit_whose_child_was_right_and_whose_tie_stayed_behind_is_found_too(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    father = make(Adult, forename="Owen", surname="Rees")
    ties = [make(Tie, child=each, adult=father, kind="father") for each in (kept, gone)]
    merged(officer, kept, gone)
    make(ContactLimit, tie=ties[1], child=kept, kind="no_contact", keeps_back="everything", evidence="Order")
    assert gather() == 1
    assert ContactLimit.objects.get().tie == ties[0]


def test_what_came_late_and_is_there_already_stays_where_it_is(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    make(FormerName, child=kept, forename="Maya", surname="Rees", kind="known_as")
    merge = merged(officer, kept, gone)
    make(FormerName, child=gone, forename="Maya", surname="Rees", kind="known_as")
    assert gather() == 0
    assert FormerName.objects.filter(child=gone).count() == 1
    merge.refresh_from_db()
    assert [label for label, *_ in merge.moved["stays"]] == ["people.FormerName"]
    assert gather() == 0


def test_below_another_merge_it_is_brought_to_the_last_and_goes_back_step_by_step(officer: Any) -> None:
    first, second, third = child(), child("Miya"), child("Maya")
    below, above = merged(officer, second, first), merged(officer, third, second)
    make(Fact, child=first, kind="idp", source="A")
    gather()
    assert Fact.objects.get().child == third
    unmerge_records(by=officer, merge_id=above.pk, reason="Twins")
    assert Fact.objects.get().child == second
    unmerge_records(by=officer, merge_id=below.pk, reason="Twins")
    assert Fact.objects.get().child == first


def test_below_another_merge_what_the_last_has_already_stays_at_the_first(officer: Any) -> None:
    first, second, third = child(), child("Miya"), child("Maya")
    make(Fact, child=second, kind="idp", source="A", since=DAY)
    below, above = merged(officer, second, first), merged(officer, third, second)
    late = make(Fact, child=first, kind="idp", source="B", since=DAY)
    assert gather() == 0
    late.refresh_from_db()
    assert late.child == first
    for merge in (above, below):
        unmerge_records(by=officer, merge_id=merge.pk, reason="Twins")
    assert Fact.objects.get(source="A").child == second


def test_a_merge_that_was_undone_keeps_what_came_to_either(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    merge = merged(officer, kept, gone)
    unmerge_records(by=officer, merge_id=merge.pk, reason="Twins")
    make(Fact, child=gone, kind="idp", source="A")
    assert gather() == 0
    assert Fact.objects.get().child == gone


def test_overtaken_by_another_nothing_is_moved_twice(officer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = child(), child("Miya")
    merge = merged(officer, kept, gone)
    make(Fact, child=gone, kind="idp", source="A")
    planned = gathering.plan_rest

    def meanwhile(*given: Any) -> Any:
        with monkeypatch.context() as patched:
            patched.setattr(gathering, "plan_rest", planned)
            unmerge_records(by=officer, merge_id=merge.pk, reason="Twins")
        return planned(*given)

    monkeypatch.setattr(gathering, "plan_rest", meanwhile)
    assert gather() == 0
    assert Fact.objects.get().child == gone


def test_merging_asks_for_it_and_looking_in_vain_costs_the_same_however_many(
    officer: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(3):
        merged(officer, child(), child(f"Miya {n}"))
    assert Piece.objects.filter(job="people.gather_left_behind").count() == 1
    with django_assert_max_num_queries(70):
        assert gather() == 0
    for n in range(6):
        merged(officer, child(), child(f"Maya {n}"))
    with django_assert_max_num_queries(70):
        assert gather() == 0


ROWS = st.lists(st.tuples(st.sampled_from(KINDS), st.booleans(), st.integers(0, 1)), max_size=10)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, late=ROWS)
def test_with_rows_that_came_late_it_is_parted_into_what_each_was_given(
    rows: list[tuple[str, bool, int]], late: list[tuple[str, bool, int]]
) -> None:
    officer = viewer_with("people.merge")
    kept, gone = child(), child("Miya")
    scene = _Scene(kept, gone)
    for kind, of_kept, which in dict.fromkeys(rows):
        scene.add(kind, kept if of_kept else gone, which)
    before = everything()
    merge = merged(officer, kept, gone)
    known = keys(everything())
    for kind, _of_kept, which in dict.fromkeys((kind, False, which) for kind, _, which in late):
        if (kind, False, which) not in rows and kind not in ("tie", "limit"):
            scene.add(kind, gone, which)
    came = {label: [row for row in found if row[0] not in known] for label, found in everything().items()}
    gather()
    assert gather() == 0
    unmerge_records(by=officer, merge_id=merge.pk, reason="They are twins")
    assert everything() == {label: sorted([*found, *came[label]], key=str) for label, found in before.items()}


def keys(found: dict[str, list[tuple[Any, ...]]]) -> set[Any]:
    return {row[0] for rows in found.values() for row in rows}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_somebody_writes_while_another_merges_and_neither_waits() -> None:
    kept, gone = child(), child("Miya")
    written, may_store = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with change("a hold placed", by=TEST):
                Hold.objects.create(child_id=gone.pk, reason="A court", placed_by="x")
                written.set()
                assert may_store.wait(timeout=60)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert written.wait(timeout=60)
    merged(viewer_with("people.merge"), kept, gone)
    may_store.set()
    writer.join(timeout=60)
    assert Hold.objects.get().child_id == gone.pk, "the merge could not see it"
    gather()
    assert Hold.objects.get().child_id == kept.pk
    assert Merge.objects.get().gathered == 1
    assert Child.objects.filter(merged_into__isnull=True).get() == kept

"""The index says what the record says: with the change, after it, and again every night."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.people.search.invented import child, formerly, merged, names
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.audit.models import Line
from throughline.core.people.actions import AddressDetails, ChildDetails
from throughline.core.people.findable import FindableName, NameSlip
from throughline.core.people.many import NewChild, add_children
from throughline.core.people.models import Child
from throughline.core.people.names import WhoTheyAre, add_name, change_who, seal_earlier_identity
from throughline.core.people.search import out_of_step, refresh
from throughline.core.people.search.jobs import reindex

pytestmark = pytest.mark.django_db
HOME = AddressDetails("1 Invented Road", "Sampleton", "CF10 1AB")


class Said:
    """Stands in for a job's progress."""

    def __init__(self) -> None:
        self.last: Any = None

    def say(self, done: int, total: int, note: str = "") -> None:
        self.last = (done, total)


def rename(of: Child, forename: str, *, refreshed: bool) -> None:
    with change("renamed", by=TEST):
        of.forename = forename
        of.save()
        if refreshed:
            refresh([of.pk])


def test_children_added_one_by_one_and_by_the_hundred_are_found_at_once() -> None:
    child("Mia Rees")
    mia = ChildDetails("Leo", "Rees", child("Zoe Rees").born)
    add_children(by=TEST, wanted=[NewChild(mia, HOME)])
    assert names("rees") == ["Leo Rees", "Mia Rees", "Zoe Rees"]
    assert out_of_step() == (0, 0)


def added_and_stopped() -> None:
    with change("adding", by=TEST):
        child("Mia Rees")
        assert names("mia rees") == ["Mia Rees"]
        raise RuntimeError("stopped")


def test_a_change_that_is_undone_leaves_nothing_to_find() -> None:
    with pytest.raises(RuntimeError, match="stopped"):
        added_and_stopped()
    assert names("mia rees") == []
    assert not FindableName.objects.exists()


def test_a_name_that_changed_is_found_and_the_old_one_is_not() -> None:
    mia = child("Mia Rees")
    rename(mia, "Maya", refreshed=True)
    assert names("maya rees") == ["Maya Rees"]
    assert names("mia rees") == []


def test_the_actions_that_change_names_keep_the_index_in_step() -> None:
    mia, before = child("Mia Rees"), child("Zoe Jones")
    who = WhoTheyAre("Tegwen", "Hughes", mia.born)
    change_who(by=TEST, child_id=mia.pk, who=who)
    add_name(by=TEST, child_id=mia.pk, forename="Teg", surname="Hughes", kind="known_as")
    seal_earlier_identity(by=TEST, child_id=mia.pk, earlier_id=before.pk, reason="Adoption order seen")
    assert names("tegwen hughes") == names("mia rees") == names("teg hughes") == ["Tegwen Hughes"]
    assert names("zoe jones") == []
    assert out_of_step() == (0, 0)


def test_the_nightly_job_puts_right_what_was_missed_and_forgets_words_nobody_bears() -> None:
    mia, leo = child("Mia Rees"), child("Leo Rees")
    rename(mia, "Tegwen", refreshed=False)
    FindableName.objects.filter(child=leo).delete()
    assert out_of_step() == (1, 0)
    untouched = set(FindableName.objects.filter(child=child("Zoe Rees")).values_list("pk", flat=True))
    said = Said()
    reindex(said)  # type: ignore[arg-type]
    assert names("tegwen rees") == ["Tegwen Rees"]
    assert names("leo rees") == ["Leo Rees"]
    assert out_of_step() == (0, 0)
    assert said.last == (3, 3)
    assert set(NameSlip.objects.values_list("word", flat=True)) == {"tegwen", "leo", "zoe", "rees"}
    assert untouched <= set(FindableName.objects.values_list("pk", flat=True))


def test_one_merged_without_its_index_is_counted_and_taken_out() -> None:
    mia, again = child("Mia Rees"), child("Mia Rees")
    with change("merged", by=TEST):
        Child.objects.filter(pk=again.pk).update(merged_into=mia)
    assert out_of_step() == (0, 1)
    merged(again, into=mia)
    assert out_of_step() == (0, 0)


def test_the_index_leaves_no_trail_of_its_own_and_repeats_no_row() -> None:
    mia = child("Mary-Jane Rees", middle_names="Mary", chosen_name="Mary")
    formerly(mia, "Mary", "Rees")
    refresh([mia.pk, mia.pk])
    kept = list(FindableName.objects.values_list("forename", "surname"))
    assert sorted(kept) == [("jane", "rees"), ("mary", "rees"), ("maryjane", "rees")]
    assert not Line.objects.filter(table__contains="findable").exists()


def test_a_child_deleted_from_the_record_goes_from_the_index() -> None:
    with change("made", by=TEST):
        mia = Child.objects.create(reference="C-1", forename="Mia", surname="Rees", born="2020-01-01")
        refresh([mia.pk])
    with change("deleted", by=TEST):
        mia.delete()
    assert not FindableName.objects.exists()

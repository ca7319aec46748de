"""Whom a record or a row of a file may be: the same answer for one and for thousands, and nobody who must not be linked."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.core.people.search.invented import BORN, child, formerly, merged, numbered, restrict, sealed

from throughline.core.people.search import look_alikes, match_many
from throughline.rules.matching import Band, Identity, compare

pytestmark = pytest.mark.django_db
UPN, OTHER_UPN = "B801200005001", "R674123101121"


def meant(row: Identity, **more: bool) -> list[UUID]:
    return [match.child_id for match in match_many([row], **more)[0]]  # type: ignore[arg-type]


def test_rows_are_answered_in_their_order_with_the_likeliest_first() -> None:
    mia, leo = child("Mia Rees"), child("Leo Price", date(2012, 1, 1))
    twin = child("Maya Rees")
    answers = match_many(
        [
            Identity("Leo", "Price", date(2012, 1, 1), postcode="CF10 1AB"),
            Identity("Nobody", "Known", date(2012, 1, 1)),
            Identity("Mia", "Rees", BORN, postcode="CF10 1AB"),
        ]
    )
    assert [[match.child_id for match in each] for each in answers] == [[leo.pk], [], [mia.pk]]
    assert [answers[i][0].likeness.band for i in (0, 2)] == [Band.SAME, Band.SAME]
    assert twin.pk not in meant(Identity("Mia", "Rees", BORN))


@pytest.mark.parametrize(
    "row",
    [
        Identity("Bill", "Smith", BORN),
        Identity("Wiliam", "Smyth", BORN),
        Identity("Smith", "William", BORN),
        Identity("William", "Jones", BORN, postcode="CF10 1AB"),
        Identity("William", "Smith", date(2015, 3, 2)),
        Identity("William", "Smith", date(2015, 2, 8)),
        Identity("William", "Smith", postcode="CF10 1AB"),
        Identity("Someone", "Else", BORN, upn=UPN),
        Identity("W", "Smith", BORN),
    ],
)
def test_a_row_that_is_written_otherwise_meets_its_child(row: Identity) -> None:
    will = child("William Smith", upn=UPN)
    assert meant(row) == [will.pk]


def test_former_names_and_numbers_match() -> None:
    mia = child("Mia Rees", upn=UPN)
    formerly(mia, "Martin", "Jones")
    numbered(mia, "former_upn", OTHER_UPN)
    assert meant(Identity("Martin", "Jones", BORN)) == [mia.pk]
    assert meant(Identity("Martin", "Jones", upn=OTHER_UPN)) == [mia.pk]


def test_an_nhs_number_counts_only_where_it_is_lawful_and_its_basis_is_recorded() -> None:
    mia = child("Mia Rees")
    numbered(mia, "nhs", "9434765919", basis="Direct care")
    row = Identity("Mia", "Rees", BORN, nhs_number="9434765919")
    [[plain]], [[lawful]] = match_many([row]), match_many([row], nhs_number_is_lawful=True)
    assert "nhs_same" not in plain.likeness.codes
    assert "nhs_same" in lawful.likeness.codes
    leo = child("Leo Price")
    numbered(leo, "nhs", "9434765919")
    [[unfounded]] = match_many(
        [Identity("Leo", "Price", BORN, nhs_number="9434765919")], nhs_number_is_lawful=True
    )
    assert "nhs_same" not in unfounded.likeness.codes


def test_look_alikes_of_a_child_are_others_only() -> None:
    mia, again = child("Mia Rees"), child("Mia Reese", postcode="SA1 1AA")
    child("Leo Price")
    assert [key for key, _ in look_alikes(mia.pk)] == [again.pk]
    merged(again, into=mia)
    assert look_alikes(mia.pk) == look_alikes(again.pk) == []


def test_a_sealed_identity_is_never_linked_to_the_later_one() -> None:
    before, later = child("Mia Rees", upn=UPN), child("Mia Rees", upn=UPN)
    sealed(later, earlier=before)
    assert look_alikes(later.pk) == look_alikes(before.pk) == []
    assert meant(Identity("Mia", "Rees", BORN, upn=UPN)) == [later.pk]


def test_nobody_is_matched_by_an_address_that_is_kept_from_others() -> None:
    mia = child("Mia Rees")
    restrict(mia)
    [[match]] = match_many([Identity("Mia", "Rees", BORN, postcode="CF10 1AB")])
    assert match.child_id == mia.pk
    assert not {code for code in match.likeness.codes if code.startswith("postcode")}


def test_matching_is_kept_within_the_children_named() -> None:
    mia, other = child("Mia Rees"), child("Mia Rees")
    [found] = match_many([Identity("Mia", "Rees", BORN)], within=frozenset({other.pk}))
    assert [match.child_id for match in found] == [other.pk] != [mia.pk]


def test_many_rows_cost_as_many_questions_as_a_few() -> None:
    costs = []
    for many in (2, 40):
        rows = [Identity("Mia", "Rees", BORN + timedelta(days=number)) for number in range(many)]
        for row in rows:
            child("Mia Rees", row.born or BORN)
        with CaptureQueriesContext(connection) as asked:
            answers = match_many(rows)
        assert all(answers)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 8


def test_nobody_who_would_be_possible_is_passed_over_unseen() -> None:
    """Every pair of an assortment, compared outright: whoever reaches ``possible`` is met by some key."""
    people = [
        Identity(forename, surname, born, upn=upn, postcode="CF10 1AB")
        for forename in ("Mia", "Mya", "William", "Bill", "Rees", "Muhammad", "Mo", "Katherine", "Catrin")
        for surname in ("Rees", "Rhys", "Smith-Jones", "Jones", "Hussain", "Mia")
        for born, upn in ((BORN, UPN), (date(2015, 3, 2), ""), (date(2015, 2, 8), ""))
    ]
    kept = {
        child(f"{each.forename} {each.surname}", each.born or BORN, upn=each.upn).pk: each for each in people
    }
    answers = match_many(people, best=len(people))
    for row, answer in zip(people, answers, strict=True):
        outright = {key for key, other in kept.items() if compare(row, other).band is not Band.DIFFERENT}
        missed = outright - {match.child_id for match in answer}
        assert not missed, [(row, kept[key], compare(row, kept[key])) for key in missed]

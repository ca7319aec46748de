"""What must hold of every comparison, whatever the names: generated records of an invented town."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.matching import Band, Identity, alike, compare

FORENAMES = (
    *(
        "Mia",
        "Mya",
        "Siân",
        "Sion",
        "Sean",
        "William",
        "Bill",
        "Gwilym",
        "Mary-Jane",
        "Maryjane",
        "Jane",
        "J",
    ),
    *("Mohammed", "Muhammad Ali", "Mohammed Hassan", "Hussain", "Rees", "Олена", ""),
)
SURNAMES = (
    "Rees",
    "Rhys",
    "ap Rhys",
    "O'Brien",
    "O Brien",
    "Smith-Jones",
    "Jones",
    "McDonald",
    "MacDonald",
    "Mia",
    "",
)
UPNS = ("", "B801200005001", "R674123101121", "M80120000500A", "A801200005001", "nonsense")
births = st.none() | st.sampled_from(
    [date(2015, 3, 4), date(2015, 4, 3), date(2015, 3, 5), date(2013, 3, 4), date(2009, 12, 31)]
)
identities = st.builds(
    Identity,
    forename=st.sampled_from(FORENAMES),
    surname=st.sampled_from(SURNAMES),
    born=births,
    sex=st.sampled_from(["F", "M", "U", ""]),
    middle_names=st.sampled_from(["", "Rhys", "Mia Jane"]),
    chosen_name=st.sampled_from(["", "Bill", "Mia"]),
    former_names=st.sampled_from([(), (("Martin", "Jones"),), (("Mia", "Rees"), ("Bill", "Mia"))]),
    postcode=st.sampled_from(["", "CF10 1AB", "cf101ab", "CF10 2ZZ", "B1 1AA", "nowhere"]),
    upn=st.sampled_from(UPNS),
    former_upns=st.sampled_from([(), ("B801200005001",), ("R674123101121", "nonsense")]),
    nhs_number=st.sampled_from(["", "9434765919", "943 476 5919", "1234567890"]),
)
ALONE = ("born", "sex", "postcode", "nhs_number")


@given(identities, identities, st.booleans())
def test_it_does_not_matter_which_record_comes_first(one: Identity, other: Identity, lawful: bool) -> None:
    assert compare(one, other, nhs_number_is_lawful=lawful) == compare(
        other, one, nhs_number_is_lawful=lawful
    )


@given(identities, identities)
def test_the_reasons_add_up_to_the_score(one: Identity, other: Identity) -> None:
    said = compare(one, other)
    assert said.score == max(0, min(100, sum(reason.points for reason in said.reasons)))
    assert len(said.codes) == len(said.reasons)


@given(identities, identities, st.sampled_from(ALONE))
def test_evidence_taken_away_never_counts_for_more_than_it_did(
    one: Identity, other: Identity, field: str
) -> None:
    """Without what spoke for it the score does not rise; without what spoke against it, it does not fall."""
    said = compare(one, other, nhs_number_is_lawful=True)
    without = compare(
        replace(one, **{field: None if field == "born" else ""}), other, nhs_number_is_lawful=True
    )
    prefix = {"nhs_number": "nhs"}.get(field, field)
    points = sum(reason.points for reason in said.reasons if reason.code.startswith(prefix))
    assert without.score <= said.score if points > 0 else without.score >= said.score


@given(identities, identities)
def test_names_and_numbers_taken_away_never_count_for_more_than_they_did(
    one: Identity, other: Identity
) -> None:
    said = compare(one, other)
    for away, start in (
        (
            {"forename": "", "surname": "", "middle_names": "", "chosen_name": "", "former_names": ()},
            ("fore", "sur", "name"),
        ),
        ({"upn": "", "former_upns": ()}, ("upn",)),
    ):
        points = sum(reason.points for reason in said.reasons if reason.code.startswith(start))
        without = compare(replace(one, **away), other)
        assert without.score <= said.score if points > 0 else without.score >= said.score


@given(identities)
def test_a_record_is_alike_to_itself_as_far_as_it_says_anything(one: Identity) -> None:
    said = compare(one, one)
    assert all(reason.points >= 0 for reason in said.reasons)
    if one.forename and one.surname and one.born and "CF10" in one.postcode.upper():
        assert said.band is Band.SAME


@given(identities, identities)
def test_another_forename_is_never_the_same_child_without_a_person_looking(
    one: Identity, other: Identity
) -> None:
    said = compare(one, other, nhs_number_is_lawful=True)
    if said.codes & {"forename_differs", "upn_differs", "nhs_differs"}:
        assert said.band in (Band.POSSIBLE, Band.DIFFERENT)


@given(identities, identities)
def test_an_nhs_number_without_a_basis_changes_nothing(one: Identity, other: Identity) -> None:
    assert compare(one, other) == compare(replace(one, nhs_number=""), other)


@given(identities, identities)
def test_nothing_said_on_one_side_counts_neither_way(one: Identity, other: Identity) -> None:
    nothing = Identity()
    assert compare(nothing, other).score == 0
    assert {field.name for field in fields(Identity)} >= set(ALONE)


@given(st.text(max_size=30), st.text(max_size=30), st.booleans())
def test_any_text_at_all_can_be_compared(one: str, other: str, surname: bool) -> None:
    assert alike(one, other, surname=surname) == alike(other, one, surname=surname)

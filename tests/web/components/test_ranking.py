"""Choices in order of preference, without JavaScript."""

import pytest

from throughline.web.components.forms import PlainForm, RankedChoice
from throughline.web.components.tags.forms import error_anchor

SCHOOLS = [("1", "Harrow Bank"), ("2", "Ferry Lane"), ("3", "St Oswin's")]


class Preferences(PlainForm):
    schools = RankedChoice(label="Schools", choices=SCHOOLS, places=3)


def chosen(*values: str) -> Preferences:
    return Preferences({f"schools_{place}": value for place, value in enumerate(values, 1)})


def test_preferences_come_back_most_wanted_first() -> None:
    form = chosen("3", "1", "")
    assert form.is_valid()
    assert form.cleaned_data["schools"] == ["3", "1"]


@pytest.mark.parametrize(
    ("values", "code", "goes_to"),
    [
        (("", "", ""), "required", "id_schools_1"),
        (("1", "", "2"), "gap", "id_schools_2"),
        (("1", "2", "1"), "repeated", "id_schools_3"),
        (("9", "", ""), "invalid_choice", "id_schools_1"),
    ],
)
def test_a_mistake_points_at_the_place_it_is_in(values: tuple[str, ...], code: str, goes_to: str) -> None:
    form = chosen(*values)
    assert form.has_error("schools", code)
    assert error_anchor(form["schools"]) == goes_to


def test_a_repeated_school_is_named() -> None:
    assert "Ferry Lane" in chosen("2", "2").errors["schools"][0]


def test_every_place_has_its_own_label_and_list() -> None:
    html = str(Preferences())
    assert html.count("<select") == 3
    for place, words in enumerate(("First preference", "Second preference", "Third preference"), 1):
        assert f'for="id_schools_{place}">{words}</label>' in html


def test_a_long_list_may_be_searched_and_a_short_one_stays_a_list() -> None:
    class Many(PlainForm):
        schools = RankedChoice(choices=[(str(n), str(n)) for n in range(40)], places=1)

    assert "data-autocomplete" in str(Many())
    assert "data-autocomplete" not in str(Preferences())


def test_more_places_than_there_are_words_for_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 10"):
        RankedChoice(choices=SCHOOLS, places=11)

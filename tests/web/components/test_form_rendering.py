"""Forms come out in the design system's markup, with plain errors that lead to their fields."""

import re

import pytest
from django import forms
from django.template import Context, Template

from throughline.web.components.forms import HintedRadios, PlainForm


class Everything(PlainForm):
    name = forms.CharField(label="Name <b>", help_text="As on the certificate", max_length=10)
    email = forms.EmailField(label="Email", required=False)
    count = forms.IntegerField(label="How many", min_value=0, max_value=9)
    about = forms.CharField(label="About", widget=forms.Textarea, max_length=50)
    size = forms.ChoiceField(
        label="Size", choices=[("s", "Small"), ("l", "Large")], widget=HintedRadios(hints={"l": "Over 300"})
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    pick = forms.ChoiceField(label="Pick", choices=[("a", "A")])
    file = forms.FileField(label="File")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    agree = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def rendered(template: str, **context: object) -> str:
    return Template("{% load govuk %}" + template).render(Context(context))


def box(html: str, name: str) -> str:
    found = re.search(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>', html)
    assert found, name
    return found[0]


def test_a_label_is_tied_to_its_box_and_escaped() -> None:
    html = str(Everything())
    assert re.search(
        r'<label class="govuk-label govuk-label--s" for="id_name">Name &lt;b&gt;\s*</label>', html
    )


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("name", "govuk-input"),
        ("email", "govuk-input"),
        ("count", "govuk-input"),
        ("about", "govuk-textarea"),
        ("pick", "govuk-select"),
        ("file", "govuk-file-upload"),
        ("secret", "govuk-input"),
        ("size", "govuk-radios__input"),
        ("kinds", "govuk-checkboxes__input"),
        ("agree", "govuk-checkboxes__input"),
    ],
)
def test_every_kind_of_question_has_its_own_class(name: str, base: str) -> None:
    assert base in box(str(Everything()), name)


def test_a_hint_and_an_error_are_read_with_the_box() -> None:
    html = str(Everything({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in box(html, "name")
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert "govuk-input--error" in box(html, "name")


def test_groups_of_options_have_a_legend_and_hints() -> None:
    html = str(Everything())
    assert re.search(r"<legend[^>]*>Size\s*</legend>", html)
    assert 'aria-describedby="id_size_1_hint"' in html
    assert '<div id="id_size_1_hint" class="govuk-hint govuk-radios__hint">Over 300</div>' in html


def test_the_browsers_own_validation_stays_silent() -> None:
    assert " required" not in re.sub(r"[^<>]*(?=<)", "", str(Everything()))


def test_a_number_is_typed_in_a_text_box_with_a_number_keyboard() -> None:
    number = box(str(Everything()), "count")
    assert 'type="text"' in number
    assert 'inputmode="numeric"' in number
    assert "min=" not in number


def test_questions_that_may_be_left_say_so_and_filters_do_not() -> None:
    class Filter(Everything):
        mark_optional = False

    assert "Email (optional)" in str(Everything())
    assert "Email (optional)" not in str(Filter())


def test_a_long_answer_says_how_long_it_may_be_without_stopping_the_writer() -> None:
    html = str(Everything())
    assert "You can enter up to 50 characters" in html
    assert "maxlength" not in box(html, "about")
    assert 'aria-describedby="id_about-info"' in box(html, "about")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("name", "", "Enter an answer"),
        ("name", "x" * 12, "Your answer must be 10 characters or fewer. It has 12"),
        ("email", "x", "Enter an email address in the correct format, like name@example.com"),
        ("count", "", "Enter a number"),
        ("count", "x", "The answer must be a whole number, like 12"),
        ("count", "12", "The number must be 9 or less"),
        ("size", "", "Choose an answer"),
        ("size", "x", "Choose an answer from the list"),
        ("kinds", "", "Choose at least one answer"),
        ("file", "", "Choose a file"),
        ("agree", "", "Tick the box to continue"),
    ],
)
def test_errors_say_what_to_do(name: str, value: str, words: str) -> None:
    assert list(Everything({name: value} if value else {}).errors[name]) == [words]


def test_a_form_may_choose_its_own_words() -> None:
    class Own(PlainForm):
        name = forms.CharField(error_messages={"required": "Tell us your child's name"})

    assert Own({}).errors["name"] == ["Tell us your child's name"]


def test_the_summary_leads_to_the_first_thing_to_change() -> None:
    html = rendered("{% error_summary form %}", form=Everything({}))
    assert '<a href="#id_size_0">' in html
    assert '<a href="#id_agree">Tick the box to continue</a>' in html


def test_the_summary_tells_like_errors_apart() -> None:
    html = rendered("{% error_summary form %}", form=Everything({}))
    assert ">About: Enter an answer</a>" in html
    assert ">Choose a file</a>" in html


def test_a_form_without_mistakes_has_no_summary() -> None:
    assert rendered("{% error_summary form %}", form=Everything()).strip() == ""
    assert rendered("{% error_summary form %}").strip() == ""


def test_one_question_can_be_the_heading_of_its_page() -> None:
    html = rendered('{% govuk_field form.name label_size="l" page_heading=True %}', form=Everything())
    assert '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l"' in html
    html = rendered('{% govuk_field form.size label_size="l" page_heading=True %}', form=Everything())
    assert '<h1 class="govuk-fieldset__heading">Size' in html


def test_every_showing_of_a_form_has_its_own_key() -> None:
    first, second = rendered("{% once_key %}"), rendered("{% once_key %}")
    assert re.fullmatch(r'<input type="hidden" name="once_key" value="[0-9a-f-]{36}">', first)
    assert first != second


def test_a_question_page_sends_everything_it_must() -> None:
    html = rendered(
        "{% question form %}<p>Why we ask</p>{% endquestion %}", form=Everything(), csrf_token="t0ken"
    )
    assert 'enctype="multipart/form-data"' in html
    assert 'value="t0ken"' in html
    assert 'name="once_key"' in html
    assert "<p>Why we ask</p>" in html
    assert "Save and continue</button>" in html

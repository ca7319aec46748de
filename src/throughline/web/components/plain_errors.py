"""Forms whose errors say what to do. Inherit ``PlainForm`` or ``PlainModelForm`` instead of Django's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

REQUIRED: list[tuple[tuple[type[forms.Field], ...], Any]] = [
    ((forms.FileField,), gettext_lazy("Choose a file")),
    ((forms.BooleanField,), gettext_lazy("Tick the box to continue")),
    ((forms.MultipleChoiceField,), gettext_lazy("Choose at least one answer")),
    ((forms.ChoiceField, forms.ModelChoiceField), gettext_lazy("Choose an answer")),
    ((forms.DateField,), gettext_lazy("Enter a date")),
    ((forms.EmailField,), gettext_lazy("Enter an email address")),
    ((forms.IntegerField,), gettext_lazy("Enter a number")),
    ((forms.Field,), gettext_lazy("Enter an answer")),
]
LIMITS = {
    "max_length": gettext_lazy(
        "Your answer must be %(limit_value)d characters or fewer. It has %(show_value)d"
    ),
    "min_length": gettext_lazy(
        "Your answer must be %(limit_value)d characters or more. It has %(show_value)d"
    ),
    "min_value": gettext_lazy("The number must be %(limit_value)s or more"),
    "max_value": gettext_lazy("The number must be %(limit_value)s or less"),
}
INVALID: list[tuple[type[forms.Field], Any]] = [
    (forms.EmailField, gettext_lazy("Enter an email address in the correct format, like name@example.com")),
    (forms.DecimalField, gettext_lazy("The answer must be a number, like 12.5")),
    (forms.IntegerField, gettext_lazy("The answer must be a whole number, like 12")),
]
CHOICE = gettext_lazy("Choose an answer from the list")


def speak_plainly(field: forms.Field) -> None:
    """Replace Django's wording of a field's errors, except where the form has chosen its own."""
    default = str(forms.Field.default_error_messages["required"])
    if str(field.error_messages.get("required", "")) == default:
        field.error_messages["required"] = next(
            words for kinds, words in REQUIRED if isinstance(field, kinds)
        )
    for code, words in LIMITS.items():
        field.error_messages.setdefault(code, words)
    for kind, words in INVALID:
        own = (
            kind.default_error_messages.get("invalid", "") if hasattr(kind, "default_error_messages") else ""
        )
        if isinstance(field, kind) and str(field.error_messages.get("invalid", "")) == str(own):
            field.error_messages["invalid"] = words
            break
    if type(field) in (forms.ChoiceField, forms.TypedChoiceField, forms.ModelChoiceField):
        field.error_messages["invalid_choice"] = CHOICE


class PlainErrors:
    """Mix into a form class: its errors are in plain English unless a field says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            speak_plainly(field)


class PlainForm(PlainErrors, forms.Form):
    """A form with errors in plain English."""


class PlainModelForm(PlainErrors, forms.ModelForm):  # type: ignore[type-arg]
    """A model form with errors in plain English."""

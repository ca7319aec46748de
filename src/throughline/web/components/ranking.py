"""Things put in order of preference, without JavaScript: one list for each place in the order."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

PLACES: tuple[str | Promise, ...] = (
    gettext_lazy("First preference"),
    gettext_lazy("Second preference"),
    gettext_lazy("Third preference"),
    gettext_lazy("Fourth preference"),
    gettext_lazy("Fifth preference"),
    gettext_lazy("Sixth preference"),
    gettext_lazy("Seventh preference"),
    gettext_lazy("Eighth preference"),
    gettext_lazy("Ninth preference"),
    gettext_lazy("Tenth preference"),
)


class RankedChoiceWidget(forms.Select):
    """One select for each place; the browser's script may turn each into a box that searches as you type."""

    template_name = "components/forms/ranked_choice.html"
    use_fieldset = True
    places = 6
    place_labels = PLACES

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = [str(item) for item in value or ()]
        context = super().get_context(name, None, attrs)
        final = context["widget"]["attrs"]
        choices = [("", gettext_lazy("No preference")), *self.choices]
        context["widget"]["places"] = [
            {
                "label": self.place_labels[place],
                "id": f"{final.get('id', name)}_{place + 1}",
                "select": self._select(name, place, chosen, choices, final),
            }
            for place in range(self.places)
        ]
        return context

    def _select(
        self, name: str, place: int, chosen: list[str], choices: list[Any], final: dict[str, Any]
    ) -> Any:
        wrong = final.get("aria-invalid") == "true"
        attrs = {
            "id": f"{final.get('id', name)}_{place + 1}",
            "class": "govuk-select govuk-select--error" if wrong else "govuk-select",
        }
        if len(choices) > 15:
            attrs["data-autocomplete"] = "true"
        value = chosen[place] if place < len(chosen) else ""
        return forms.Select(choices=choices).get_context(f"{name}_{place + 1}", value, attrs)["widget"]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str] | None:  # noqa: ARG002
        given = [str(data.get(f"{name}_{place + 1}", "")).strip() for place in range(self.places)]
        while given and not given[-1]:
            given.pop()
        return given or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        return all(f"{name}_{place + 1}" not in data for place in range(self.places))

    def id_for_label(self, id_: str, index: str = "0") -> str:  # noqa: ARG002
        return f"{id_}_1" if id_ else id_

    def error_anchor(self, id_: str, value: Any) -> str:
        """Return the id of the place to go to: the first gap or repeat, or the first of all."""
        given = list(value or ())
        for place, item in enumerate(given):
            if not item or item in given[:place]:
                return f"{id_}_{place + 1}"
        return f"{id_}_1"


class RankedChoice(forms.ChoiceField):
    """Up to ``places`` choices in order of preference; cleans to a list of values, most wanted first."""

    widget = RankedChoiceWidget
    default_error_messages = {
        "required": gettext_lazy("Choose at least one preference"),
        "gap": gettext_lazy("Fill in your preferences in order, without leaving one empty before another"),
        "repeated": gettext_lazy("You have chosen %(choice)s more than once. Choose each one only once"),
        "invalid_choice": gettext_lazy("Choose from the list. We did not recognise one of your preferences"),
    }

    def __init__(self, *, places: int = 6, **kwargs: Any) -> None:
        if not 1 <= places <= len(PLACES):
            raise ValueError(f"A ranked choice has 1 to {len(PLACES)} places, not {places}.")
        super().__init__(**kwargs)
        self.widget.places = self.places = places

    def to_python(self, value: Any) -> list[str]:
        return [str(item) for item in value or ()]

    def validate(self, value: Any) -> None:
        if self.required and not any(value):
            raise ValidationError(self.error_messages["required"], code="required")
        if not all(value):
            raise ValidationError(self.error_messages["gap"], code="gap")
        for place, item in enumerate(value):
            if not self.valid_value(item):
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
            if item in value[:place]:
                params = {"choice": self._label(item)}
                raise ValidationError(self.error_messages["repeated"], code="repeated", params=params)

    def _label(self, wanted: str) -> str:
        pairs: Any = self.choices
        for value, label in pairs:
            options = label if isinstance(label, list | tuple) else [(value, label)]
            for option, words in options:
                if str(option) == wanted:
                    return str(words)
        return wanted

    def has_changed(self, initial: Any, data: Any) -> bool:
        return [str(item) for item in initial or ()] != self.to_python(data)

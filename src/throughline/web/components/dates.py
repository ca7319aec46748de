"""A date asked in three boxes, as GOV.UK does: nobody has to guess a format, and any box can be pointed at."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .wording import long_date

PARTS = ("day", "month", "year")
Boxes = tuple[str, str, str]


def boxes_of(value: Any) -> Boxes:
    """Return the words in the three boxes for a date, an ISO date in text, three given words, or nothing."""
    if isinstance(value, str) and value:
        value = dt.date.fromisoformat(value)
    if isinstance(value, dt.date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, tuple | list) and len(value) == len(PARTS):
        day, month, year = (str(part or "").strip() for part in value)
        return day, month, year
    return "", "", ""


def problem_with(boxes: Boxes) -> tuple[str, tuple[str, ...]] | None:
    """Return the code of the first problem and the boxes it concerns, or None for a real date."""
    missing = tuple(part for part, text in zip(PARTS, boxes, strict=True) if not text)
    if missing:
        return "missing_" + "_".join(missing), missing
    day, month, year = boxes
    if not all(text.isascii() and text.isdigit() for text in boxes):
        return "invalid", tuple(
            p for p, text in zip(PARTS, boxes, strict=True) if not (text.isascii() and text.isdigit())
        )
    if len(year) != 4:
        return "short_year", ("year",)
    if not 1 <= int(month) <= 12:
        return "invalid", ("month",)
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return "invalid", ("day",) if int(year) else ("year",)
    return None


class DatePartsWidget(forms.Widget):
    """Three text boxes: day, month, year. ``birthday`` lets a browser fill in the person's own date of birth."""

    template_name = "components/forms/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, birthday: bool = False) -> None:
        super().__init__(attrs)
        self.birthday = birthday

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        words, final = boxes_of(value), context["widget"]["attrs"]
        problem = problem_with(words)
        wrong = () if final.get("aria-invalid") != "true" else problem[1] if problem else PARTS
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        context["widget"]["boxes"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{final.get('id', name)}_{part}",
                "label": labels[part],
                "value": text,
                "wrong": part in wrong,
                "width": 4 if part == "year" else 2,
                "autocomplete": f"bday-{part}" if self.birthday else "",
            }
            for part, text in zip(PARTS, words, strict=True)
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Boxes | None:  # noqa: ARG002
        words = boxes_of(tuple(data.get(f"{name}_{part}", "") for part in PARTS))
        return words if any(words) else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        return all(f"{name}_{part}" not in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    def error_anchor(self, id_: str, value: Any) -> str:
        """Return the id of the box to go to when the error is followed from the summary."""
        problem = problem_with(boxes_of(value))
        return f"{id_}_{problem[1][0] if problem else 'day'}"


class DateParts(forms.Field):
    """A date in three boxes; cleans to ``datetime.date`` or None. ``earliest`` and ``latest`` are inclusive."""

    widget = DatePartsWidget
    default_error_messages = {
        "required": gettext_lazy("Enter a date"),
        "missing_day": gettext_lazy("The date must include a day"),
        "missing_month": gettext_lazy("The date must include a month"),
        "missing_year": gettext_lazy("The date must include a year"),
        "missing_day_month": gettext_lazy("The date must include a day and a month"),
        "missing_day_year": gettext_lazy("The date must include a day and a year"),
        "missing_month_year": gettext_lazy("The date must include a month and a year"),
        "short_year": gettext_lazy("The year must have 4 numbers, for example 2026"),
        "invalid": gettext_lazy("The date must be a real date, for example 27 3 2026"),
        "too_early": gettext_lazy("The date must be %(limit)s or later"),
        "too_late": gettext_lazy("The date must be %(limit)s or earlier"),
    }

    def __init__(
        self, *, earliest: dt.date | None = None, latest: dt.date | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("help_text", gettext_lazy("For example, 27 3 2026"))
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        boxes = boxes_of(value)
        problem = problem_with(boxes)
        if problem:
            raise ValidationError(self.error_messages[problem[0]], code=problem[0])
        day, month, year = (int(text) for text in boxes)
        return dt.date(year, month, day)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and self.earliest and value < self.earliest:
            self._refuse("too_early", self.earliest)
        if value is not None and self.latest and value > self.latest:
            self._refuse("too_late", self.latest)

    def _refuse(self, code: str, limit: dt.date) -> None:
        raise ValidationError(self.error_messages[code], code=code, params={"limit": long_date(limit)})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return boxes_of(initial) != boxes_of(data)

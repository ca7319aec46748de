"""One fact asked of a family for all the schools that use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.web.components.forms import PlainForm
from throughline.web.components.plain_errors import speak_plainly

NONE = "none"
WORDS = "words-"


@dataclass(frozen=True)
class SchoolOption:
    """One school to tick. ``hint`` is what this school means by the fact, where schools differ."""

    value: str
    school: str
    label: str
    hint: str = ""


class Ticked(forms.CheckboxSelectMultiple):
    """Boxes to tick; with one school only, yes or no."""

    def __init__(self, *, one: bool) -> None:
        super().__init__()
        if one:
            self.input_type, self.template_name = "radio", forms.RadioSelect.template_name

    def error_anchor(self, auto_id: str, _value: Any) -> str:
        """The first option."""
        return f"{auto_id}_0"


class AsShownNow(forms.HiddenInput):
    """Carries what this very page shows, never what an older page carried."""

    def __init__(self, now: str) -> None:
        super().__init__()
        self._now = now

    def format_value(self, _value: Any) -> str:
        return self._now


class FactAtSchoolsForm(PlainForm):
    """At which of these schools a fact is true, and for each of those in the family's words how.

    The page carries the schools it showed, so that a school added meanwhile on another device is never answered for.
    """

    template_name = "admissions/family/forms/fact.html"
    mark_optional = False

    def __init__(self, *args: Any, options: Sequence[SchoolOption], tell: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_schools = tuple(options)
        self.one = len(options) == 1
        last = (NONE, _("No") if self.one else _("No, none of these"))
        named = [(each.value, _("Yes") if self.one else each.label) for each in options]
        self.fields["schools"] = forms.MultipleChoiceField(
            label=_("Your answer") if self.one else _("Choose every school where the answer is yes"),
            choices=[*named, last],
            widget=Ticked(one=self.one),
            error_messages={
                "required": _("Choose yes or no")
                if self.one
                else _("Choose every school where the answer is yes, or “No, none of these”")
            },
        )
        for each in options:
            self.fields[WORDS + each.value] = self._words(each, tell)
        for field in self.fields.values():
            speak_plainly(field)
        now = ",".join(each.value for each in options)
        self.fields["shown"] = forms.CharField(required=False, widget=AsShownNow(now))

    def _words(self, option: SchoolOption, tell: str) -> forms.CharField:
        said = {"what": tell, "school": option.label}
        return forms.CharField(
            label=tell if self.one else _("%(what)s (%(school)s)") % said,
            help_text=_("Only if you answered yes") if self.one else _("Only if you ticked this school"),
            required=False,
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean_schools(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["schools"]
        if NONE in ticked and len(ticked) > 1:
            raise ValidationError(
                _("Choose the schools where the answer is yes, or choose “No, none of these”, but not both")
            )
        return ticked

    def clean_shown(self) -> list[str]:
        known = [each.value for each in self.of_schools]
        shown = self.cleaned_data["shown"].split(",") if self.cleaned_data["shown"] else known
        return [value for value in known if value in shown]

    def rows(self) -> Iterator[tuple[dict[str, Any], str, Any]]:
        """Each option as the template needs it: the box, its hint, and what to write when it is ticked."""
        hints = {each.value: each.hint for each in self.of_schools}
        for box in self["schools"].subwidgets:
            value = str(box.data["value"])
            yield box.data, hints.get(value, ""), self[WORDS + value] if value in hints else None

"""The form in which an officer writes a school's arrangements, built from the draft it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.rules.allocation.facts import LOOKED_AFTER, fact_uses
from throughline.web.components.forms import PlainForm

from ..wording.criteria import fact_words
from ..wording.statement import order_words
from .arrangements_definitions import Question, field_for, held_in, put_in, questions_for
from .arrangements_draft import EVERYONE, LOOKED_AFTER_ALL, PARTS, Draft, fact_names
from .arrangements_sources import put_source, source_fields

ORDERS = (
    ("distance", "lot"),
    ("lot",),
    ("score", "distance", "lot"),
    ("score", "lot"),
    ("distance", "score", "lot"),
)
FLAGS = ("designated_faith", "grammar", "infant")
SIZES = {
    "places": gettext_lazy("places"),
    "admission_number": gettext_lazy("% of all places"),
    "remaining": gettext_lazy("% of the places that remain after looked-after children"),
}
NAMED_KINDS = {
    "parish": gettext_lazy("Parish"),
    "area": gettext_lazy("Area"),
    "feeder": gettext_lazy("Feeder school"),
    "catchment": gettext_lazy("Catchment area"),
}


class ArrangementsForm(PlainForm):
    """Every box of the editor. Nothing is required: what is missing is for the Code check to say."""

    mark_optional = False

    draft = forms.CharField(widget=forms.HiddenInput, max_length=400_000)
    admission_number = forms.IntegerField(
        label=gettext_lazy("Admission number"), required=False, min_value=0, max_value=5_000
    )
    tie_break = forms.ChoiceField(
        label=gettext_lazy("If there are more children in a group than places left, places go"),
        required=False,
    )
    multiple_births = forms.ChoiceField(
        label=gettext_lazy("If the last place goes to a twin or triplet"),
        choices=[
            ("admit_all", gettext_lazy("Admit their brothers and sisters of the same birth too")),
            ("lot", gettext_lazy("Leave it to the lot")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    late = forms.ChoiceField(
        label=gettext_lazy("Late applications"),
        choices=[
            ("after", gettext_lazy("All come after those in time")),
            ("looked_after_on_time", gettext_lazy("Looked-after children count as in time")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    designated_faith = forms.BooleanField(
        label=gettext_lazy("The school is designated as having a religious character"), required=False
    )
    grammar = forms.BooleanField(label=gettext_lazy("The school is a grammar school"), required=False)
    infant = forms.BooleanField(label=gettext_lazy("It has infant classes"), required=False)
    selection = forms.ChoiceField(
        label=gettext_lazy("Selection by ability"),
        choices=[
            ("", gettext_lazy("None")),
            ("pass_mark", gettext_lazy("A pass mark")),
            ("top_score", gettext_lazy("The highest scores")),
        ],
        required=False,
    )
    mark = forms.IntegerField(
        label=gettext_lazy("Pass mark"), required=False, min_value=0, max_value=1_000_000
    )
    bands = forms.CharField(
        label=gettext_lazy("Fair banding: places in each band"),
        help_text=gettext_lazy("Such as 45, 45, 45, 45. Leave it empty if there are no bands."),
        required=False,
        max_length=200,
    )
    new_criterion = forms.ChoiceField(label=gettext_lazy("Add a criterion for children who"), required=False)
    new_share = forms.ChoiceField(label=gettext_lazy("Set places aside for children who"), required=False)
    new_name_kind = forms.ChoiceField(
        label=gettext_lazy("A named area or school"), choices=list(NAMED_KINDS.items()), required=False
    )
    new_name = forms.CharField(label=gettext_lazy("Its name"), required=False, max_length=120)

    def __init__(
        self, draft: Draft, areas: Sequence[tuple[str, str]], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=_initial(draft))
        self.written = draft
        self.questions: list[Question] = questions_for(draft.arrangement)
        facts = [(name, fact_words(name, draft.details)) for name in fact_names(draft)]
        starts = [
            ("", _("Choose")),
            (LOOKED_AFTER_ALL, _("are or were looked after")),
            *(pair for pair in facts if pair[0] not in LOOKED_AFTER),
        ]
        self._choose("new_criterion", [*starts, (EVERYONE, _("are not in any other group"))])
        self._choose("new_share", starts)
        held = tuple(draft.data.get("tie_break", ("distance", "lot")))
        orders = dict.fromkeys([held, *ORDERS])
        self._choose("tie_break", [(" ".join(order), order_words(order)) for order in orders])
        self._add_definitions()
        for name, box in source_fields(draft, areas).items():
            self.fields[name] = box
        self._add_shares()
        if draft.edited is not None:
            self._add_who(draft.edited, facts, orders)

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        box = self.fields[name]
        assert isinstance(box, forms.ChoiceField)
        box.choices = list(choices)

    def _add_definitions(self) -> None:
        for question in self.questions:
            held = held_in(self.written.details, question)
            self.fields[question.field_name] = field_for(question, held)
            self.initial[question.field_name] = held
        names = self.written.details.get("names", {})
        for name in names if isinstance(names, dict) else ():
            self.fields[f"name-{name}"] = forms.CharField(
                label=_("Name of the %(kind)s") % {"kind": fact_words(name)}, required=False, max_length=120
            )
            self.initial[f"name-{name}"] = names[name]

    def _add_shares(self) -> None:
        for at, share in enumerate(self.written.data.get("quotas", [])):
            self.fields[f"share-{at}-size"] = forms.FloatField(
                label=_("How many"), required=False, min_value=0
            )
            self.fields[f"share-{at}-unit"] = forms.ChoiceField(
                label=_("Counted as"), choices=list(SIZES.items()), required=False
            )
            percent = share.get("percent")
            self.initial[f"share-{at}-size"] = share.get("places") if percent is None else percent
            self.initial[f"share-{at}-unit"] = (
                "places" if percent is None else share.get("of", "admission_number")
            )

    def _add_who(
        self, row: dict[str, Any], facts: list[tuple[str, str]], orders: Mapping[tuple[str, ...], Any]
    ) -> None:
        labels = {
            "all_of": _("All of these must be true of the child"),
            "any_of": _("At least one of these must be true"),
            "none_of": _("None of these may be true"),
        }
        for part in PARTS:
            self.fields[f"who-{part}"] = forms.MultipleChoiceField(
                label=labels[part], choices=facts, required=False, widget=forms.CheckboxSelectMultiple
            )
            self.initial[f"who-{part}"] = row.get("who", {}).get(part, [])
        choices = [("", _("As for the whole school")), *((" ".join(o), order_words(o)) for o in orders)]
        held = " ".join(row.get("tie_break", ()))
        if held and held not in dict(choices):
            choices.append((held, order_words(held.split())))
        self.fields["who-tie_break"] = forms.ChoiceField(
            label=_("If there are more of them than places, places go"), choices=choices, required=False
        )
        self.initial["who-tie_break"] = held

    def clean_bands(self) -> list[int]:
        """Places in each band."""
        text = self.cleaned_data["bands"].replace(",", " ")
        try:
            return [int(part) for part in text.split()]
        except ValueError as wrong:
            raise forms.ValidationError(
                _("Write the bands as whole numbers, such as 45, 45, 45, 45")
            ) from wrong

    def group(self, prefix: str) -> list[forms.BoundField]:
        """The boxes of one part of the page."""
        return [self[name] for name in self.fields if name.startswith(prefix)]

    def put_into_draft(self) -> None:
        """Write every answer that can be read into the draft; one that cannot stays as it was, and in its box."""
        draft, given = self.written, self.cleaned_data
        draft.editing = draft.editing if draft.edited is not None else ""
        _put_simple(draft.data, given)
        for question in self.questions:
            if question.field_name in given:
                put_in(draft.details, question, given[question.field_name])
        for name in list(draft.details.get("names", {})):
            _put_name(draft, name, given.get(f"name-{name}"))
        for at, share in enumerate(draft.data.get("quotas", [])):
            _put_share(share, given.get(f"share-{at}-size"), given.get(f"share-{at}-unit"))
        put_source(draft, given)
        if draft.edited is not None and "who-all_of" in given:
            _put_who(draft.edited, given)


def _initial(draft: Draft) -> dict[str, Any]:
    data = draft.data
    chosen = data.get("selection") or {}
    return {
        "draft": draft.as_text(),
        "admission_number": data.get("admission_number"),
        "tie_break": " ".join(data.get("tie_break", ("distance", "lot"))),
        "multiple_births": data.get("multiple_births", "admit_all"),
        "late": data.get("late", "after"),
        **{flag: data.get(flag, False) for flag in FLAGS},
        "selection": chosen.get("kind", ""),
        "mark": chosen.get("mark"),
        "bands": ", ".join(str(places) for places in (data.get("bands") or {}).get("shares", ())),
    }


def _put_simple(data: dict[str, Any], given: Mapping[str, Any]) -> None:
    if given.get("admission_number") is not None:
        data["admission_number"] = given["admission_number"]
    if given.get("tie_break"):
        data["tie_break"] = given["tie_break"].split()
    for name in ("multiple_births", "late"):
        if given.get(name):
            data[name] = given[name]
    data.update({flag: given[flag] for flag in FLAGS if flag in given})
    if given.get("selection"):
        data["selection"] = {"kind": given["selection"], "mark": given.get("mark") or 0}
    elif "selection" in given:
        data.pop("selection", None)
    if given.get("bands"):
        data["bands"] = {**data.get("bands", {}), "shares": given["bands"]}
    elif "bands" in given:
        data.pop("bands", None)


def _put_name(draft: Draft, name: str, words: Any) -> None:
    """A name made blank goes, unless something still uses it: then the Code check asks for it."""
    if words is None:
        return
    used = {used for _where, used in fact_uses(draft.arrangement)}
    if words or name in used:
        draft.details["names"][name] = words
    else:
        del draft.details["names"][name]


def _put_share(share: dict[str, Any], size: float | None, unit: Any) -> None:
    if size is None or not unit:
        return
    for name in ("places", "percent", "of"):
        share.pop(name, None)
    if unit == "places":
        share["places"] = int(size)
    else:
        share.update({"percent": size, "of": unit})


def _put_who(row: dict[str, Any], given: Mapping[str, Any]) -> None:
    who = {part: given[f"who-{part}"] for part in PARTS if given.get(f"who-{part}")}
    row.pop("who", None)
    if who:
        row["who"] = who
    row.pop("tie_break", None)
    if given.get("who-tie_break"):
        row["tie_break"] = given["who-tie_break"].split()

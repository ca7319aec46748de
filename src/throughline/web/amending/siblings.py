"""Brothers and sisters that the record suggests: an officer says of each pair what they are, or that they are none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.core.access.viewer import Refused
from throughline.core.people.amendable import choices, suggestions
from throughline.core.people.circle_shown import name_of_child
from throughline.core.people.siblings import confirm_sibling, not_siblings
from throughline.core.sharing.show import Sight
from throughline.web.components.forms import PlainForm
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.record.frame import Record

from .asking import Asked, amends, ask, sent
from .fields import line, one_of

FAMILY, IDENTITY = "people.family", "people.identity"
NONE = "none"
BECAUSE = {
    "same_parents": lazy("They have the same parents"),
    "one_parent": lazy("They have one parent in common"),
    "adopted_by_parent": lazy("A parent of one has adopted the other"),
    "step_parent": lazy("A parent of one is the step-parent of the other"),
    "foster_carer": lazy("They have a foster carer in common"),
    "parent_and_home": lazy("A parent of one lives with the other at one address"),
}


class SiblingForm(PlainForm):
    kind = one_of(lazy("What are they to one another?"), ())
    same_birth = forms.BooleanField(label=lazy("They were born together, as twins are"), required=False)
    reason = line(lazy("How do you know?"), lazy("Needed when they are no brothers or sisters"), most=300)

    def __init__(self, *sent: Any, **more: Any) -> None:
        super().__init__(*sent, **more)
        field: Any = self.fields["kind"]
        field.choices = [*choices("sibling"), (NONE, _("They are not brothers or sisters"))]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == NONE and not given.get("reason", "").strip():
            self.add_error("reason", _("Say how you know that they are no brothers or sisters"))
        return given


@amends(FAMILY)
def siblings(request: HttpRequest, record: Record) -> HttpResponse:
    """Those whom the officer may know of; of others not even that there are any."""
    found = suggestions(record.sight, record.child_id)
    sight = Sight(record.viewer, [each.child_id for each in found])
    kinds = dict(choices("sibling"))
    rows = [
        [
            name_of_child(each.child_id, sight),
            kinds.get(each.kind, each.kind),
            BECAUSE.get(each.because, each.because),
            Cell(
                _("Say what they are"),
                href=reverse("amending.sibling", args=[record.child_id, each.child_id]),
            ),
        ]
        for each in found
        if sight.may_see(each.child_id, IDENTITY)
    ]
    for eyes in (record.sight, sight):
        eyes.record_look("brothers and sisters suggested")
    words = {
        "name": record.opened.name,
        "columns": [
            Column(label, sort=False) for label in (_("Who"), _("Perhaps"), _("Because"), _("Decide"))
        ],
        "rows": rows,
        "back": Link("", reverse("record.family", args=[record.child_id])),
    }
    return render(request, "amending/siblings.html", words)


@amends(FAMILY)
def sibling(request: HttpRequest, record: Record, other_id: UUID) -> HttpResponse:
    """One pair: confirmed with its kind, or said to be none; either way nobody is asked again."""
    sight = Sight(record.viewer, [other_id])
    if (
        other_id == record.child_id
        or not sight.may_see(other_id, IDENTITY)
        or not sight.may_see(other_id, FAMILY)
    ):
        raise Refused("No such child for this viewer.")
    other = name_of_child(other_id, sight)
    sight.record_look("brothers and sisters suggested")
    found = {each.child_id: each.kind for each in suggestions(record.sight, record.child_id)}
    form = SiblingForm(*sent(request), initial={"kind": found.get(other_id, "")})

    def act() -> None:
        given = form.cleaned_data
        pair: dict[str, Any] = {"by": record.viewer, "child_id": record.child_id, "other_id": other_id}
        if given["kind"] == NONE:
            not_siblings(**pair, reason=given["reason"])
        else:
            confirm_sibling(**pair, kind=given["kind"], same_birth=given["same_birth"])

    asked = Asked(
        _("Is %(other)s a brother or sister?") % {"other": other},
        _("Save"),
        _("It is kept what they are to one another."),
        reverse("record.family", args=[record.child_id]),
    )
    return ask(request, record, form, act, asked)

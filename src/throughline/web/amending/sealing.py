"""An adopted child's earlier identity: sealed from everybody but named officers, and opened by them with a reason."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.core.access.viewer import Refused
from throughline.core.people.amendable import has_sealed_identity
from throughline.core.people.names import earlier_identity, seal_earlier_identity
from throughline.core.people.queries import child_by_reference
from throughline.web.record.frame import Record

from .asking import Asked, amends, ask, sent
from .fields import NARROW, Amending, line, why

SEALED = "people.sealed"


class SealForm(Amending):
    reference = line(
        lazy("Reference of the earlier record"),
        lazy("For example, C-A1B2C3"),
        most=12,
        required=True,
        width=NARROW,
    )
    reason = why(
        lazy("What shows the adoption?"), lazy("For example, the order and its date. Kept with your name.")
    )


class OpenForm(Amending):
    reason = why(lazy("Why do you need to open it?"), lazy("Your reason is kept with your name."))


@amends(SEALED)
def seal(request: HttpRequest, record: Record) -> HttpResponse:
    """From the moment it is sealed, no search finds the earlier record and nobody opens it by itself."""
    form = SealForm(*sent(request))

    def act() -> None:
        given = form.cleaned_data
        earlier = child_by_reference(record.viewer, given["reference"])
        if earlier is None:
            raise ValidationError({"reference": _("No record has this reference. Nothing was changed.")})
        seal_earlier_identity(
            by=record.viewer, child_id=record.child_id, earlier_id=earlier, reason=given["reason"]
        )

    asked = Asked(
        _("Seal an earlier identity"),
        _("Seal the earlier record"),
        _("The earlier record is sealed."),
        _back(record),
        lead=_("This record is the child’s new one. Nothing but the seal links the two."),
        warning=_("No search will find the earlier record, and nobody but the few who may will open it."),
    )
    return ask(request, record, form, act, asked)


@amends(SEALED)
def open_sealed(request: HttpRequest, record: Record) -> HttpResponse:
    """With a reason, each time: what is opened is the record of before, as it was."""
    if not has_sealed_identity(record.sight, record.child_id):
        raise Refused("No earlier record.")
    form = OpenForm(*sent(request))
    where: list[str] = []

    def act() -> None:
        found = earlier_identity(
            by=record.viewer, child_id=record.child_id, reason=form.cleaned_data["reason"]
        )
        where.append(reverse("record.child", args=[found.pk]))

    asked = Asked(
        _("Open a sealed earlier record"),
        _("Open it"),
        _("You opened a sealed record. That you did, when and why is kept."),
        lambda: where[0] if where else _back(record),
        warning=_("Nobody around this child may learn from you that there was an earlier record."),
    )
    return ask(request, record, form, act, asked)


def _back(record: Record) -> str:
    return reverse("record.child", args=[record.child_id])

"""Organisations that work with children and are not schools."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change

from ..models import Agency


def add_agency(*, by: Actor, name: str, kind: str, code: str = "") -> Agency:
    """Add an organisation, or return the one of that code. Its code is made from its name unless told.

    Raises:
        Refused: the actor may not keep organisations.
        ValidationError: it has no name, its kind is none there is, or one of this name is there.
    """
    require(by, "organisations.keep")
    words = name.strip()
    if kind not in Agency.Kind.values:
        raise ValidationError({"kind": _("Choose what kind of organisation it is.")})
    wanted = code or slugify(words)[:60]
    if not words or not wanted:
        raise ValidationError({"name": _("Enter the organisation’s name.")})
    earlier: Agency | None = Agency.objects.filter(code=wanted).first()
    if earlier is not None and code:
        return earlier
    if earlier is not None:
        raise ValidationError({"name": _("An organisation of this name is there already.")})
    with change("organisation added", by=by):
        added: Agency = Agency.objects.create(code=wanted, name=words[:200], kind=kind)
    return added


KINDS = Agency.Kind.choices

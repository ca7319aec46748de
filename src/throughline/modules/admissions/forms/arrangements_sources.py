"""What establishes a fact at this school: which schools are feeders or linked, and which outline is which area."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from throughline.core.organisations.queries import schools_by_urn
from throughline.rules.allocation.facts import base_name
from throughline.rules.allocation.statement import needed_facts

from ..wording.criteria import fact_words
from .arrangements_draft import Draft

AREAS = ("catchment", "area", "parish")
SCHOOLS = ("feeder", "nursery", "linked")


class Urns(forms.CharField):
    """Schools by URN, one on each line; cleans to a list, each known to the record."""

    def __init__(self, label: str) -> None:
        hint = _("The school’s URN, one on each line.")
        super().__init__(
            label=label, help_text=hint, required=False, max_length=2_000, widget=forms.Textarea({"rows": 4})
        )

    def clean(self, value: Any) -> Any:
        urns = re.findall(r"\S+", super().clean(value) or "")
        known = schools_by_urn(urns)
        missing = [urn for urn in urns if urn not in known]
        if missing:
            raise ValidationError(_("No school has this URN: %(urns)s") % {"urns": ", ".join(missing)})
        return list(dict.fromkeys(urns))


def source_fields(draft: Draft, areas: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    """A box for each fact that an area or another school establishes, and for linked schools.

    Args:
        areas: (layer, name) of every area in force.
    """
    boxes: dict[str, forms.Field] = {}
    for fact in needed_facts(draft.arrangement):
        if base_name(fact) in AREAS:
            boxes[f"source-{fact}"] = _area_box(fact, draft, areas)
        elif base_name(fact) in SCHOOLS:
            boxes[f"source-{fact}"] = _school_box(
                fact,
                draft,
                _("Schools whose pupils %(fact)s") % {"fact": fact_words(fact, draft.details)},
            )
    boxes["source-linked"] = _school_box(
        "linked", draft, _("Linked schools: a brother or sister there counts as one here")
    )
    return boxes


def _area_box(fact: str, draft: Draft, areas: Sequence[tuple[str, str]]) -> forms.Field:
    held = json.dumps(draft.resolves[fact], sort_keys=True) if draft.resolves.get(fact) else ""
    choices = [("", _("Every area that belongs to this school"))]
    for layer in dict.fromkeys(layer for layer, _name in areas):
        words = _("The areas of this school in %(layer)s") % {"layer": layer}
        choices.append((json.dumps({"layer": layer}), words))
    for layer, name in areas:
        words = _("%(name)s, in %(layer)s") % {"name": name, "layer": layer}
        choices.append((json.dumps([layer, name]), words))
    if held and held not in dict(choices):
        choices.append((held, _("As it is now (the area is not in force)")))
    label = _("Children who %(fact)s are those in") % {"fact": fact_words(fact, draft.details)}
    return forms.ChoiceField(label=label, choices=choices, required=False, initial=held)


def _school_box(fact: str, draft: Draft, label: str) -> forms.Field:
    box = Urns(label)
    held = draft.resolves.get(fact, [])
    box.initial = "\n".join(str(urn) for urn in held) if isinstance(held, list) else ""
    return box


def put_source(draft: Draft, given: Mapping[str, Any]) -> None:
    """Write what the boxes say into the draft; what has no box stays."""
    for name, value in given.items():
        if not name.startswith("source-"):
            continue
        fact = name.removeprefix("source-")
        if isinstance(value, str):
            value = json.loads(value) if value else None
        if value:
            draft.resolves[fact] = value
        else:
            draft.resolves.pop(fact, None)

"""The arrangements to start from, by the names officers know them by."""

from __future__ import annotations

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.presets import PRESETS, arrangement_from_preset

PRESET_WORDS: dict[str, str | Promise] = {
    "community_primary": gettext_lazy("Community primary school with a catchment area"),
    "infant": gettext_lazy("Infant school"),
    "junior": gettext_lazy("Junior school with a linked infant school"),
    "faith_primary": gettext_lazy("Faith primary school with a parish"),
    "church_of_england_parish_split": gettext_lazy(
        "Church of England primary school with shares for two parishes"
    ),
    "community_secondary": gettext_lazy(
        "Community secondary school with a catchment area and feeder schools"
    ),
    "faith_secondary": gettext_lazy("Faith secondary school with a parish"),
    "girls_faith": gettext_lazy("Faith secondary school for girls"),
    "grammar_pass_mark": gettext_lazy("Grammar school with a pass mark"),
    "grammar_top_score": gettext_lazy("Grammar school that takes the highest scores"),
    "fair_banded": gettext_lazy("Secondary school with fair banding"),
    "aptitude": gettext_lazy("Secondary school with some places by aptitude"),
}


def like_which(arrangement: Arrangement) -> str:
    """The preset that arrangements still follow, criterion for criterion; words of their own when they follow none."""
    code = _shapes().get(_shape(arrangement))
    return str(PRESET_WORDS[code]) if code else _("Written for this school")


@cache
def _shapes() -> dict[tuple[object, ...], str]:
    return {_shape(arrangement_from_preset(preset.code)): preset.code for preset in PRESETS}


def _shape(arrangement: Arrangement) -> tuple[object, ...]:
    return (
        tuple(each.who for each in arrangement.criteria),
        tuple(each.who for each in arrangement.quotas),
        arrangement.bands is not None,
        arrangement.selection and arrangement.selection.kind,
        arrangement.designated_faith,
        arrangement.infant,
        arrangement.details.get("admits"),
    )

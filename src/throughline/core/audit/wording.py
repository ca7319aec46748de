"""What a check of the trail found, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .verifying import Break, Verdict

NAMED = 10


def break_words(found: Break) -> str:
    """One break, as a sentence."""
    words = {
        "seal missing": _("Seal %(seal)s is missing: seals were removed."),
        "key missing": _("Seal %(seal)s was made with a key that is not here."),
        "seal altered": _("Seal %(seal)s was altered, or made anew without the key."),
        "chain broken": _("Seal %(seal)s does not follow the one before it: seals were put in or replaced."),
        "deleted": _("Event %(event)s, sealed in seal %(seal)s, was deleted."),
        "changed": _(
            "Event %(event)s, sealed in seal %(seal)s, was changed, or lines were added to it or taken from it."
        ),
        "added": _(
            "Event %(event)s was added after the events around it had been sealed (up to seal %(seal)s)."
        ),
        "late": _(
            "Event %(event)s came into seal %(seal)s long after the time it gives: it was stored late, or made up."
        ),
        "erased": _("Values of event %(event)s were erased, and no certificate of disposal accounts for it."),
        "head": _(
            "The head %(head)s, which was kept elsewhere, is not in the chain: the chain was rebuilt or cut off."
        ),
    }
    return words[found.kind] % {"seal": found.seal, "event": found.event, "head": found.head}


def verdict_words(verdict: Verdict, named: int = NAMED) -> str:
    """Everything that is wrong, a line each, the first first; empty when nothing is."""
    lines = [break_words(found) for found in verdict.breaks[:named]]
    more = len(verdict.breaks) - len(lines)
    if more > 0:
        lines.append(
            ngettext("One more is like these.", "%(more)s more are like these.", more) % {"more": more}
        )
    return "\n".join(lines)

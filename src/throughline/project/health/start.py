"""Nothing is served, and no work is done, on ground that could lose what people are told was saved."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from .checks import CHECKS, examine


class Unwell(ImproperlyConfigured):
    """The installation is not fit to start; the message says what is wrong and what to do."""


def refuse_to_start_unwell(*, serving: bool = False) -> None:
    """Make the quick checks.

    Args:
        serving: also those that matter only where pages are served.

    Raises:
        Unwell: with every error found, each in a sentence of its own.
    """
    asked = tuple(check for check in CHECKS if check.starting and (serving or not check.serving))
    errors = [finding for finding in examine(asked) if finding.level == "error"]
    if errors:
        lines = "\n".join(f"- {error.check}: {error.says} {error.do}" for error in dict.fromkeys(errors))
        raise Unwell(f"Throughline was not started.\n{lines}\nRun `throughline doctor` for everything.")

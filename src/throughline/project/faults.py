"""What the command line says when something goes wrong: a plain sentence, and never a traceback."""

from __future__ import annotations

import os
import secrets
import traceback
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist, ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from throughline.core.audit.actor import Refused
from throughline.core.audit.busy import is_busy
from throughline.core.exchange.wording import refusal_words
from throughline.formats.reading import FileRefused

# How the two databases say that a table is not there, and that nobody answers.
NO_TABLE = ("no such table", "no such column", "does not exist")
NO_ANSWER = (
    "unable to open database",
    "connection refused",
    "could not connect",
    "connection failed",
    "could not translate",
)


def plain_words(error: BaseException) -> str:
    """A mistake of the user's, or something the operator can put right, in a sentence; empty when it is a fault of ours."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, FileRefused):
        return refusal_words(error.code, error.detail)
    if isinstance(error, Refused | ImproperlyConfigured):
        return str(error)
    if isinstance(error, ObjectDoesNotExist):
        return _("Nothing of that name was found (%(detail)s). Nothing was changed.") % {"detail": error}
    if is_busy(error):
        return _(
            "Something else has been writing to the database for too long. Nothing was changed. Try again."
        )
    if isinstance(error, DatabaseError):
        return _database_words(str(error).lower())
    if isinstance(error, OSError):
        return _("%(file)s cannot be used: %(reason)s. Nothing was changed.") % {
            "file": error.filename or _("A file"),
            "reason": error.strerror or error,
        }
    return ""


def _database_words(says: str) -> str:
    if any(sign in says for sign in NO_ANSWER):
        return _(
            "The database does not answer. Check DATABASE_URL and that the database is running, then try again."
        )
    if any(sign in says for sign in NO_TABLE):
        return _(
            "The database has not been set up for this version. Run `throughline setup`, then try again."
        )
    return ""


def keep_fault(error: BaseException, home: Path) -> tuple[str, Path | None]:
    """Write down what happened for whoever will mend it; return a short reference and the file, if it could be kept."""
    reference = secrets.token_hex(4).upper()
    folder = home / "faults"
    kept = folder / f"{datetime.now(UTC):%Y-%m-%d}-{reference}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A traceback may hold what somebody typed, so only the owner reads it.
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return reference, None
    return reference, kept


def fault_words(reference: str, kept: Path | None) -> str:
    """What a person is told about a fault of ours."""
    if kept is None:
        return _("Throughline failed (fault %(reference)s), and the details could not be written down.") % {
            "reference": reference
        }
    return _(
        "Throughline failed (fault %(reference)s). Whatever was not finished was not kept. The details are in %(file)s: "
        "send that file with your report."
    ) % {"reference": reference, "file": kept}

"""Whether what was disposed of stays gone, also after a backup was restored."""

from __future__ import annotations

import os

from django.conf import settings

from throughline.core.retention.disposal_log import log_path, read_log
from throughline.core.retention.queries.board import certificates_not_in
from throughline.core.retention.replaying import undone

from .finding import Problems

VARIABLE = "THROUGHLINE_DISPOSAL_LOG"


def made_again() -> Problems:
    """Nothing that was disposed of has come back with a backup."""
    if os.environ.get(VARIABLE) and not log_path().parent.is_dir():
        yield (
            "error",
            f"The folder of the log of disposals ({log_path().parent}, {VARIABLE}) is not there, so nobody can say whether "
            "records that were disposed of are here again.",
            "Mount it, or correct the setting.",
        )
        return
    try:
        back = len(undone())
    except OSError as error:
        yield (
            "error",
            f"The log of disposals cannot be read: {error}.",
            f"Let Throughline's own account read {log_path()}.",
        )
        return
    if back:
        yield (
            "error",
            f"{back} disposals that the log knows are not in this database, and their records are: it was restored from an "
            "earlier backup.",
            "Run `throughline retention replay` before anybody signs in.",
        )


def log_kept() -> Problems:
    """Every disposal is written down outside the database."""
    try:
        log = read_log()
    except OSError:
        return
    if log.damaged:
        shown = ", ".join(str(number) for number in log.damaged[:10])
        yield (
            "error",
            f"Lines of the log of disposals were altered, torn or taken out ({log_path()}, line {shown}).",
            "Compare it with its copy. After a restore, hold the certificates you kept against it.",
        )
    missing = certificates_not_in({entry.certificate for entry in log.entries})
    if missing:
        yield (
            "warning",
            f"{missing} certificates are not in the log of disposals.",
            "A worker writes them within the hour; see that one runs and can write the file.",
        )
    within = log_path().is_relative_to(settings.HOME)
    if within and log.entries and not (settings.DEMONSTRATION or settings.DEBUG):
        yield (
            "warning",
            "The log of disposals lies in the home folder: restored with the rest, it forgets what went since.",
            f"Set {VARIABLE} to a file on another disk, move the file there, and copy it elsewhere as it grows.",
        )

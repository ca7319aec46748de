"""What the progress page says."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Piece

Text = str | Promise

SAYS: dict[str, Text] = {
    Piece.State.WAITING: _("This is waiting to start. You can leave this page: it will be done without you."),
    Piece.State.RUNNING: _("This is in progress. You can leave this page: it will be done without you."),
    Piece.State.DONE: _("This is finished."),
    Piece.State.FAILED: _(
        "This could not be finished. What was done before it stopped is kept. "
        "Try again, and tell your system administrator if it stops again."
    ),
}
TRIED_AGAIN: Text = _("This met a fault and will be tried again. You do not need to do anything.")
UNKNOWN_JOB: Text = _("Work that is no longer installed")

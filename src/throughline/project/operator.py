"""Whoever works at the machine's own command line, as the trail names them."""

from __future__ import annotations

import getpass

from throughline.core.audit.actor import Trusted


def operator() -> Trusted:
    """The person at the command line. Whoever may log in to the machine may do everything; the trail says who it was."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "somebody without a name"
    return Trusted(f"{name} at the command line")

"""Whether the trail is sealed and whole."""

from __future__ import annotations

import os
import stat
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from throughline.core.audit.chain import KeyLost
from throughline.core.audit.sealing import sealing_key, waiting_to_be_sealed
from throughline.core.audit.verifying import last_examination

from .finding import Problems

LATE_AFTER = timedelta(minutes=5)
EXAMINED_WITHIN = timedelta(days=2)


def seal_key() -> Problems:
    """The key of the seals is here, and only the installation's own account can read it."""
    try:
        sealing_key()
    except KeyLost as lost:
        yield "error", str(lost), ""
    kept = settings.HOME / "seal-key"
    if os.environ.get("THROUGHLINE_SEAL_KEY") or not kept.exists():
        return
    if stat.S_IMODE(kept.stat().st_mode) & 0o077:
        yield "error", f"Others on this machine can read {kept}.", f"Run `chmod 600 {kept}`."


def sealed() -> Problems:
    """What happens is sealed soon after."""
    waiting, since = waiting_to_be_sealed()
    if since and timezone.now() - since > LATE_AFTER:
        yield (
            "error",
            f"{waiting:,} events of the trail have not been sealed since "
            f"{timezone.localtime(since):%H:%M on %-d %B %Y}: until then they could be altered unseen.",
            "See that a worker runs; `throughline audit seal` seals them now.",
        )


def whole() -> Problems:
    """Nobody has altered the trail."""
    found = last_examination()
    if found is None:
        return
    at, broken = found
    if broken:
        yield (
            "error",
            f"The trail does not agree with its seals. {' '.join(broken.splitlines())}",
            "Keep the database as it is, take a copy, and read docs/operations.md on the trail.",
        )
    if timezone.now() - at > EXAMINED_WITHIN:
        yield (
            "warning",
            f"The trail was last held against its seals at {timezone.localtime(at):%H:%M on %-d %B %Y}.",
            "Run `throughline audit verify`, and see that a worker runs.",
        )

"""What was gathered for a pack. Worked out from the record; kept only while the pack is open."""

from __future__ import annotations

from django.db import models

from ..audit.tables import Derived
from .pack_tables import Pack


class Gathered(Derived):
    """The items of one pack, the names of others that stand in them, and exact strings of theirs."""

    pack = models.OneToOneField(Pack, models.CASCADE, related_name="gathered")
    items = models.JSONField(default=list)
    names = models.JSONField(default=list)
    exact = models.JSONField(default=list)

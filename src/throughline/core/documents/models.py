"""A stored file and its facts. The bytes lie outside the web root, named by their hash."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded
from ..people.models import Child


class Document(Guarded):
    """A file about a child. Where there is a virus scanner, nobody is given the file before it was found clean."""

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("Not checked for viruses")
        WAITING = "waiting", _("Waiting to be checked for viruses")
        CLEAN = "clean", _("Checked for viruses")
        HARMFUL = "harmful", _("Held back: a virus was found")

    child = models.ForeignKey(Child, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    # Of the bytes as stored, after the position and the camera were taken out of a picture.
    sha256 = models.CharField(max_length=64, db_index=True)
    scan = models.CharField(max_length=20, choices=Scan, default=Scan.NOT_SCANNED, db_index=True)
    uploaded_by_id = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField(default=timezone.now)

    child_field = "child_id"

    def __str__(self) -> str:
        return f"{self.kind} ({self.uploaded_at})"

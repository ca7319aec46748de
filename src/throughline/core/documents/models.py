"""A stored file and its facts. The bytes lie outside the web root, named by their hash."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from ..audit.tables import Guarded
from ..people.models import Child


class Document(Guarded):
    """A file about a child, held back from everyone until it has been looked over for harm."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=20, default="not_scanned")
    uploaded_by_id = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField(default=timezone.now)

    child_field = "child_id"

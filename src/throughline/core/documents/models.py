"""A stored file and its facts. The bytes lie outside the web root, named by their hash."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded, new_key
from ..people.models import Child


class Document(Guarded):
    """One version of a file about a child. Where there is a virus scanner, nobody is given it before it was found clean.

    ``on_record`` is a document of the child's own record, read under the category of its kind. Any other was given to
    one module for one affair (a claim in an application), and that module decides who reads it.
    """

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("Not checked for viruses")
        WAITING = "waiting", _("Waiting to be checked for viruses")
        CLEAN = "clean", _("Checked for viruses")
        HARMFUL = "harmful", _("Held back: a virus was found")

    child = models.ForeignKey(Child, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    # The language it is written in: "en", "cy" or another code; empty when nobody said.
    language = models.CharField(max_length=10, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    # Of the bytes as stored, after the position and the camera were taken out of a picture.
    sha256 = models.CharField(max_length=64, db_index=True)
    scan = models.CharField(max_length=20, choices=Scan, default=Scan.NOT_SCANNED, db_index=True)
    uploaded_by_id = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    on_record = models.BooleanField(default=False)
    # What it supports: a table's label and a row's key. No foreign key, since it may lie in any module.
    supports_label = models.CharField(max_length=80, blank=True)
    supports_id = models.UUIDField(null=True)
    # All versions of one document share a series; exactly one of them is current. The others are never taken away.
    series = models.UUIDField(default=new_key)
    version = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)

    child_field = "child_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "version"], name="one_document_per_version")]
        indexes = [
            models.Index(fields=["supports_label", "supports_id"], name="documents_by_what_they_support")
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.uploaded_at})"


class KeptFile(Guarded):
    """A file that belongs to no one child, such as a school's census. Its bytes lie beside the documents."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    kept_for = models.CharField(max_length=40)
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

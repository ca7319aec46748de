"""A file about children that somebody sent in: what it says, whom it is taken to mean, and what of it was accepted.

Children are named by their key and not by a link: a child whom a file added goes again when the file is undone.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded
from ..documents.models import KeptFile
from ..organisations.models import School
from ..people.models import Child


class Layout(Guarded):
    """What the columns of one layout mean, as an officer drew it once. A change is a new version; the old ones stay."""

    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    mapping = models.JSONField()
    drawn_by = models.CharField(max_length=200)
    drawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "-version"]
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="one_version_of_a_layout")]

    def __str__(self) -> str:
        return self.name


class SchoolWord(Guarded):
    """Which school a sender means by a word of their own. Asked once, and kept."""

    sender = models.CharField(max_length=60)
    word = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "word"], name="one_school_per_word")]

    def __str__(self) -> str:
        return self.word


class Proposal(Guarded):
    """One file about children and how far it has come. Nothing of it is on the record before it is committed."""

    class Kind(models.TextChoices):
        CENSUS = "school_census", _("School census")
        TRANSFER = "ctf", _("Common Transfer File")
        MAPPED = "mapped", _("A table in a layout of its own (CSV)")

    class State(models.TextChoices):
        COLUMNS = "columns", _("Columns to be explained")
        READING = "reading", _("Being read")
        REVIEW = "review", _("To review")
        WRITING = "writing", _("Being put on the record")
        COMMITTED = "committed", _("On the record")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")
        REJECTED = "rejected", _("Turned down")
        REFUSED = "refused", _("Could not be read")

    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    file = models.ForeignKey(KeptFile, models.PROTECT, related_name="+")
    layout = models.ForeignKey(Layout, models.PROTECT, null=True, related_name="+")
    # Set when a school sent it: then it can be about that school only.
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    nhs_basis = models.CharField(max_length=120, blank=True)
    as_of = models.DateField()
    sent_by = models.CharField(max_length=200)
    sent_by_id = models.UUIDField(null=True)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)
    piece_id = models.UUIDField(null=True)
    rows = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    # Grouped: a real census gives fifty thousand of them, of thirty kinds.
    findings = models.JSONField(default=list)
    findings_in_all = models.PositiveIntegerField(default=0)
    # Words for schools that nobody has explained yet, with how many rows use each.
    unknown_schools = models.JSONField(default=dict)
    improbable = models.JSONField(default=list)
    vouched_by = models.CharField(max_length=200, blank=True)
    vouched_by_id = models.UUIDField(null=True)
    vouched_because = models.CharField(max_length=300, blank=True)
    refused_because = models.JSONField(null=True)
    committed_by = models.CharField(max_length=200, blank=True)
    committed_by_id = models.UUIDField(null=True)
    committed_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True)
    rejected_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.file.name


class ProposedChild(Guarded):
    """One row of the file: who it says the child is, and whom it is taken to mean."""

    class Decision(models.TextChoices):
        ASKED = "asked", _("To be decided")
        MATCH = "match", _("Is this child")
        NEW = "new", _("Is new to us")
        IGNORE = "ignore", _("Left out")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="children")
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=120, blank=True)
    line = models.PositiveIntegerField(default=0)
    # Everything about the row that is compared, as plain data.
    said = models.JSONField(default=dict)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    child_id = models.UUIDField(null=True, db_index=True)
    band = models.CharField(max_length=10, blank=True)
    # How it was matched, or why a person is asked: a code.
    because = models.CharField(max_length=30, blank=True)
    # Children it may be: key, score, band and reasons of each.
    candidates = models.JSONField(default=list)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.ASKED)
    restricted = models.BooleanField(default=False)

    child_field = "child_id"

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="one_row_of_a_proposal")]
        indexes = [models.Index(fields=["proposal", "decision", "number"], name="proposed_by_decision")]

    def __str__(self) -> str:
        return f"row {self.number}"


class Difference(Guarded):
    """One thing that the file says and the record does not."""

    class Kind(models.TextChoices):
        NEW = "new", _("New to the record")
        NAME = "name", _("Name")
        BORN = "born", _("Date of birth or sex")
        NUMBER = "number", _("Number")
        LANGUAGE = "language", _("Language")
        JOINED = "joined", _("Joined a school")
        ROLL = "roll", _("On roll")
        LEFT = "left", _("Left a school")
        HOME = "home", _("Address")
        FACT = "fact", _("Circumstance")
        ADULT = "adult", _("Contact")

    class Decision(models.TextChoices):
        OPEN = "open", _("To be decided")
        ACCEPT = "accept", _("Accepted")
        LEAVE = "leave", _("Left as it is")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="differences")
    proposed = models.ForeignKey(ProposedChild, models.CASCADE, related_name="differences")
    child_id = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    # What `people.incoming` is told to do: its command, and what it was and becomes, as plain data.
    command = models.CharField(max_length=15)
    was = models.JSONField(default=dict)
    becomes = models.JSONField(default=dict)
    category = models.CharField(max_length=60)
    # Kept from others for somebody's safety: never accepted with others, only by itself.
    restricted = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    decided_by = models.CharField(max_length=200, blank=True)
    # Why it was accepted and yet not written: a code.
    skipped = models.CharField(max_length=30, blank=True)

    child_field = "child_id"

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["proposal", "decision", "kind"], name="difference_by_decision"),
            models.Index(fields=["proposed"], name="difference_of_row"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.decision})"


class Applied(Guarded):
    """A row of the record that a commit made or changed: what is needed to take it back."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="applied")
    difference = models.ForeignKey(Difference, models.PROTECT, related_name="applied")
    child_id = models.UUIDField(null=True, db_index=True)
    table = models.CharField(max_length=60)
    row_id = models.UUIDField()
    before = models.JSONField(null=True)
    after = models.JSONField(default=dict)
    # Why it could not be taken back: a code; empty while it stands or when it was.
    left = models.CharField(max_length=10, blank=True)

    child_field = "child_id"

    class Meta:
        indexes = [models.Index(fields=["proposal", "table"], name="applied_by_table")]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"


class SentFile(Guarded):
    """A transfer file that was made for a school: whom it was about, for whom, and the very bytes.

    A file about one child is that child's: it goes when the record goes.
    """

    file = models.ForeignKey(KeptFile, models.PROTECT, related_name="+")
    to = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    sender = models.CharField(max_length=7)
    receiver = models.CharField(max_length=7)
    number = models.PositiveIntegerField()
    children = models.JSONField(default=list)
    made_by = models.CharField(max_length=200)
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="+")
    made_by_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    child_field = "child_id"

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "receiver", "number"], name="one_name_per_sent_file")
        ]

    def __str__(self) -> str:
        return self.file.name

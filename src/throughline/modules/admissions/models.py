"""What admissions keeps. Children, families, schools and facts stay on the shared record."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from throughline.core.audit.tables import Appended, Guarded
from throughline.core.documents.models import Document
from throughline.core.organisations.models import School
from throughline.core.people.models import Address, Adult, Child


class Round(Guarded):
    """One phase of transfer in one year: when it opens, closes and tells families."""

    class Phase(models.TextChoices):
        NURSERY = "nursery", _("Nursery")
        RECEPTION = "reception", _("Reception")
        JUNIOR = "junior", _("Year 3 (junior)")
        MIDDLE = "middle", _("Middle school")
        YEAR_7 = "year_7", _("Year 7")
        YEAR_10 = "year_10", _("Year 10")
        YEAR_12 = "year_12", _("Year 12 (sixth form)")

    name = models.CharField(max_length=120)
    phase = models.CharField(max_length=12, choices=Phase)
    entry_year = models.PositiveSmallIntegerField()
    born_from = models.DateField()
    born_to = models.DateField()
    opens = models.DateField()
    closes = models.DateField()
    # Late with a good reason counts as on time up to this day.
    late_until = models.DateField()
    offer_day = models.DateField()
    reply_by = models.DateField()
    preferences = models.PositiveSmallIntegerField(default=6)
    small_number = models.PositiveSmallIntegerField(default=5)
    sibling_kinds = models.JSONField(default=list)
    # Recorded before anything is drawn, so that every lot can be drawn again and checked.
    seed = models.CharField(max_length=64)
    supervisor = models.CharField(max_length=200, blank=True)
    proposed_run = models.ForeignKey("Run", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by_id = models.UUIDField(null=True, blank=True)
    proposed_by = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    released_run = models.ForeignKey("Run", models.PROTECT, null=True, blank=True, related_name="+")
    released_by = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phase", "entry_year"], name="one_round_per_phase_and_year")
        ]
        ordering = ["-entry_year", "phase"]

    def __str__(self) -> str:
        return self.name


class Arrangements(Guarded):
    """One school's admission arrangements for one round, a version at a time. The data decides; see ``rules``."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="arrangements")
    school = models.ForeignKey(School, models.PROTECT, related_name="admission_arrangements")
    version = models.PositiveSmallIntegerField(default=1)
    data = models.JSONField()
    # What establishes a fact here: feeder and linked schools by URN, areas by catchment layer and name.
    resolves = models.JSONField(default=dict)
    admission_number = models.PositiveSmallIntegerField()
    in_force = models.BooleanField(default=True)
    saved_by = models.CharField(max_length=200)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "school", "version"], name="one_arrangements_version"),
            models.UniqueConstraint(
                fields=["round", "school"],
                condition=models.Q(in_force=True),
                name="one_arrangements_in_force",
            ),
        ]


class Application(Guarded):
    """One family's application for one child in one round.

    ``answers`` is what is being written; the preferences are what was last submitted. Editing touches only the
    first, so an edit never takes back an application that has been made.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Not yet submitted")
        SUBMITTED = "submitted", _("Submitted")
        DISPUTED = "disputed", _("On hold: two applications for one child")
        SET_ASIDE = "set_aside", _("Set aside")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    LIVE = (State.SUBMITTED, State.DISPUTED)

    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    child = models.ForeignKey(Child, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Adult, models.PROTECT, related_name="applications", null=True, blank=True)
    reference = models.CharField(max_length=14, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    # Counts every save, so that of two people editing at once the second is told.
    edition = models.PositiveIntegerField(default=0)
    address = models.ForeignKey(Address, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    late = models.BooleanField(default=False)
    late_reason = models.TextField(blank=True)
    late_accepted = models.BooleanField(null=True, blank=True)
    late_decided_by = models.CharField(max_length=200, blank=True)
    dispute_note = models.TextField(blank=True)
    via = models.CharField(max_length=20, default="online")

    child_field = "child_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "child", "applicant"],
                condition=~models.Q(state__in=["withdrawn", "set_aside"]),
                name="one_application_per_family_member",
            ),
            models.UniqueConstraint(
                fields=["round", "child"],
                condition=models.Q(state="submitted"),
                name="one_live_application_per_child",
            ),
        ]
        indexes = [models.Index(fields=["round", "state"], name="application_by_state")]


class Preference(Guarded):
    """One school asked for, as submitted, with the distance that will decide and what it was measured from."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="preferences")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    reasons = models.TextField(blank=True)
    distance = models.PositiveIntegerField(null=True, blank=True)
    areas = models.JSONField(default=dict)
    measured = models.JSONField(default=dict)
    keep_waiting = models.BooleanField(default=True)
    child_id = models.UUIDField(db_index=True)

    child_field = "child_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "school"], name="a_school_once_per_application"),
            models.UniqueConstraint(fields=["application", "rank"], name="one_school_per_rank"),
        ]
        ordering = ["application", "rank"]


class Claim(Guarded):
    """A fact that would count, of this child at this school (or at every school): who says so, and who decided."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Waiting for a decision")
        CONFIRMED = "confirmed", _("Confirmed")
        NOT_CONFIRMED = "not_confirmed", _("Not confirmed")

    application = models.ForeignKey(Application, models.CASCADE, related_name="claims")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    fact = models.CharField(max_length=60)
    state = models.CharField(max_length=14, choices=State, default=State.CLAIMED)
    source = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    child_id = models.UUIDField(db_index=True)

    child_field = "child_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "school", "fact"], name="one_claim_per_fact"),
            models.UniqueConstraint(
                fields=["application", "fact"],
                condition=models.Q(school__isnull=True),
                name="one_claim_per_fact_everywhere",
            ),
        ]
        indexes = [models.Index(fields=["state", "fact"], name="claim_to_decide")]


class TestResult(Guarded):
    """A child's mark or band in the test that a school's arrangements use."""

    __test__ = False

    round = models.ForeignKey(Round, models.PROTECT, related_name="test_results")
    child = models.ForeignKey(Child, models.PROTECT, related_name="test_results")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    score = models.IntegerField(null=True, blank=True)
    band = models.PositiveSmallIntegerField(default=0)
    sat_on = models.DateField(null=True, blank=True)

    child_field = "child_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "child", "school"], name="one_result_per_child_and_school"
            )
        ]


class Submission(Appended):
    """What was submitted, each time: never changed."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    child_id = models.UUIDField(db_index=True)
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=200)
    content = models.JSONField()

    child_field = "child_id"


class Run(Guarded):
    """One allocation: a frozen snapshot, its outcome, its digest, and what the independent checker said."""

    class Kind(models.TextChoices):
        DRY = "dry", _("Dry run")
        OFFER = "offer", _("For offer day")
        REALLOCATION = "reallocation", _("Re-allocation from waiting lists")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to start")
        COMPLETE = "complete", _("Complete")
        FAILED = "failed", _("Could not be completed")

    round = models.ForeignKey(Round, models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    mode = models.CharField(max_length=10, default="child")
    seed = models.CharField(max_length=64)
    asked_by = models.CharField(max_length=200)
    asked_by_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    problem = models.TextField(blank=True)
    snapshot = models.BinaryField(null=True)
    outcome = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    findings = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    # Children whom no preference could be met, and the nearest school with a place: [child, school, metres].
    nearest = models.JSONField(default=list)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="run_number_once_per_round")]
        ordering = ["-number"]


class Offer(Guarded):
    """A place offered, and what the family said."""

    class State(models.TextChoices):
        MADE = "made", _("Offered, waiting for a reply")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        REPLACED = "replaced", _("Replaced by a place at a higher preference")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Why(models.TextChoices):
        PREFERENCE = "preference", _("A preference")
        PLAN = "plan", _("Named in the child's education, health and care plan")
        NEAREST = "nearest", _("The nearest school with a place, as no preference could be met")

    LIVE = (State.MADE, State.ACCEPTED)

    round = models.ForeignKey(Round, models.PROTECT, related_name="offers")
    application = models.ForeignKey(Application, models.PROTECT, null=True, blank=True, related_name="offers")
    child = models.ForeignKey(Child, models.PROTECT, related_name="offers")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, related_name="offers")
    why = models.CharField(max_length=10, choices=Why)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.MADE)
    made_at = models.DateTimeField(default=timezone.now)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    child_field = "child_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "child"],
                condition=models.Q(state__in=["made", "accepted"]),
                name="one_live_offer_per_child",
            )
        ]

"""One record for every child. No module keeps a child of its own."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access.models import User
from ..audit.tables import Guarded
from ..organisations.models import Agency, School
from .findable import FindableName as FindableName  # tables, which Django looks for here
from .findable import NameSlip as NameSlip
from .likenesses import LookAlike as LookAlike
from .voices import Voice as Voice


class Child(Guarded):
    """A child or young person, entered once. ``user`` is set once they sign in themselves.

    The names here are the present legal ones; names used before are ``FormerName`` rows. A record that turned out to be
    a second one of the same child points with ``merged_into`` to the one that is kept.
    """

    class Sex(models.TextChoices):
        FEMALE = "F", _("Female")
        MALE = "M", _("Male")
        NOT_KNOWN = "U", _("Not known")

    reference = models.CharField(max_length=12, unique=True)
    forename = models.CharField(max_length=100)
    middle_names = models.CharField(max_length=150, blank=True)
    surname = models.CharField(max_length=100)
    chosen_name = models.CharField(max_length=100, blank=True)
    born = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.NOT_KNOWN)
    upn = models.CharField(max_length=13, blank=True, db_index=True)
    pronunciation = models.CharField(max_length=120, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    other_languages = models.CharField(max_length=200, blank=True)
    communication_needs = models.CharField(max_length=300, blank=True)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="child")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    child_field = "id"

    class Meta:
        indexes = [models.Index(fields=["surname", "forename", "born"], name="child_by_name_and_birth")]

    def __str__(self) -> str:
        return f"{self.chosen_name or self.forename} {self.surname}"


class FormerName(Guarded):
    """A name the child bore before, or bears beside the present one: found by a search, shown to few."""

    class Kind(models.TextChoices):
        FORMER = "former", _("Former name")
        KNOWN_AS = "known_as", _("Also known as")
        SPELLING = "spelling", _("Other spelling")

    child = models.ForeignKey(Child, models.PROTECT, related_name="former_names")
    forename = models.CharField(max_length=100)
    surname = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FORMER)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    child_field = "child_id"


class Identifier(Guarded):
    """A number by which some register knows the child. The unique pupil number in force is on the child itself."""

    class Kind(models.TextChoices):
        FORMER_UPN = "former_upn", _("Former unique pupil number")
        TEMPORARY_UPN = "temporary_upn", _("Temporary unique pupil number")
        ULN = "uln", _("Unique learner number")
        NHS = "nhs", _("NHS number")
        SOCIAL_CARE = "social_care", _("Social care number")
        YOUTH_JUSTICE = "youth_justice", _("Youth justice number")

    child = models.ForeignKey(Child, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=20, choices=Kind)
    value = models.CharField(max_length=40, db_index=True)
    source = models.CharField(max_length=120)
    basis = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    child_field = "child_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "value"], name="one_identifier_per_child_and_kind"
            )
        ]


class SealedIdentity(Guarded):
    """That a child who was adopted had another record before. Named officers only; nothing else links the two."""

    child = models.OneToOneField(Child, models.PROTECT, related_name="sealed_earlier")
    earlier = models.OneToOneField(Child, models.PROTECT, related_name="sealed_later")
    reason = models.CharField(max_length=200)
    sealed_by = models.CharField(max_length=200)
    sealed_on = models.DateField()

    child_field = "child_id"


class Adult(Guarded):
    """A parent, carer or other adult in a child's life. ``user`` is set once they sign in."""

    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="adult")
    title = models.CharField(max_length=20, blank=True)
    forename = models.CharField(max_length=100)
    surname = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"


class Tie(Guarded):
    """How an adult stands to a child: relationship, parental responsibility and its evidence, and any limit on contact."""

    class Kind(models.TextChoices):
        MOTHER = "mother", _("Mother")
        FATHER = "father", _("Father")
        PARENT = "parent", _("Parent")
        STEP_PARENT = "step_parent", _("Step-parent")
        FOSTER_CARER = "foster_carer", _("Foster carer")
        GRANDPARENT = "grandparent", _("Grandparent")
        GUARDIAN = "guardian", _("Guardian")
        OTHER = "other", _("Other carer")

    child = models.ForeignKey(Child, models.PROTECT, related_name="ties")
    adult = models.ForeignKey(Adult, models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=20, choices=Kind)

    class Responsibility(models.TextChoices):
        NOT_SAID = "", _("Not recorded")
        BIRTH_MOTHER = "birth_mother", _("Birth mother")
        MARRIED = "married", _("Married to the mother, or her civil partner")
        REGISTERED = "registered", _("Named on the birth certificate")
        AGREEMENT = "agreement", _("By agreement")
        COURT_ORDER = "court_order", _("By order of a court")
        CHILD_ARRANGEMENTS = "child_arrangements", _("By a child arrangements order")
        GUARDIANSHIP = "guardianship", _("By a special guardianship order")
        ADOPTION = "adoption", _("By adoption")
        CARE_ORDER = "care_order", _("Shared with the authority under a care order")

    parental_responsibility = models.BooleanField(default=False)
    responsibility_by = models.CharField(max_length=20, choices=Responsibility, blank=True)
    ordered_on = models.DateField(null=True, blank=True)
    order_ends = models.DateField(null=True, blank=True)
    lives_with_child = models.BooleanField(default=True)
    evidence = models.CharField(max_length=200, blank=True)
    claimed = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    child_field = "child_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "adult"], name="one_tie_per_child_and_adult")]

    def responsible_on(self, day: date) -> bool:
        """Whether they hold responsibility on a day: what a court gave ends with its order."""
        return self.parental_responsibility and (self.order_ends is None or self.order_ends > day)


class ContactLimit(Guarded):
    """A limit on what an adult may be told or do, by a court or by decision, between two dates.

    ``keeps_back`` says what it means for what they see: everything, or where the child lives and learns.
    """

    class Kind(models.TextChoices):
        NO_CONTACT = "no_contact", _("No contact")
        PROHIBITED_STEPS = "prohibited_steps", _("Prohibited steps order")
        NON_MOLESTATION = "non_molestation", _("Non-molestation order")
        SUPERVISED = "supervised", _("Supervised contact only")
        OTHER = "other", _("Another limit")

    class KeepsBack(models.TextChoices):
        EVERYTHING = "everything", _("They are told nothing about the child")
        WHEREABOUTS = "whereabouts", _("They are not told where the child lives or learns")
        NOTHING = "nothing", _("They are told what anybody in their place is told")

    tie = models.ForeignKey(Tie, models.PROTECT, related_name="limits")
    # The tie's child, said again so that the trail, a merge and a disposal find the row as they find every other.
    child = models.ForeignKey(Child, models.PROTECT, related_name="contact_limits")
    kind = models.CharField(max_length=20, choices=Kind)
    keeps_back = models.CharField(max_length=12, choices=KeepsBack, default=KeepsBack.EVERYTHING)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True)

    child_field = "child_id"


class Address(Guarded):
    """A place where people live, with its point on the National Grid and how exact that point is."""

    class Precision(models.TextChoices):
        PROPERTY = "property", _("The property itself")
        POSTCODE = "postcode", _("The middle of the postcode")
        UNKNOWN = "unknown", _("Not known")

    class Restricted(models.TextChoices):
        ADOPTION = "adoption", _("Adoption")
        DOMESTIC_ABUSE = "domestic_abuse", _("Domestic abuse")
        CARE = "care", _("The child is looked after")
        WITNESS = "witness", _("Witness protection")
        REFUGE = "refuge", _("Refuge")
        OTHER = "other", _("Another reason")

    lines = models.CharField(max_length=300)
    town = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=8, db_index=True)
    uprn = models.CharField(max_length=12, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.UNKNOWN)
    point_source = models.CharField(max_length=80, blank=True)
    restricted = models.BooleanField(default=False)
    restricted_because = models.CharField(max_length=20, choices=Restricted, blank=True)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.lines, self.town, self.postcode) if part)


class Residence(Guarded):
    """A child living at an address, from one day to another, on this evidence."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="residences")
    address = models.ForeignKey(Address, models.PROTECT, related_name="residences")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True)

    child_field = "child_id"


class AdultResidence(Guarded):
    """An adult living at an address, from one day to another. Where letters to them go."""

    adult = models.ForeignKey(Adult, models.PROTECT, related_name="residences")
    address = models.ForeignKey(Address, models.PROTECT, related_name="adult_residences")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)


class Sibling(Guarded):
    """Two children who are siblings of some kind. Each pair is kept once; which kinds count is each authority's choice."""

    class Kind(models.TextChoices):
        FULL = "full", _("Brother or sister")
        HALF = "half", _("Half-brother or half-sister")
        STEP = "step", _("Step-brother or step-sister")
        ADOPTED = "adopted", _("Adopted brother or sister")
        FOSTER = "foster", _("Foster brother or sister")
        SAME_ADDRESS = "same_address", _("Child of a parent's partner at the same address")

    child = models.ForeignKey(Child, models.PROTECT, related_name="sibling_links")
    other = models.ForeignKey(Child, models.PROTECT, related_name="sibling_links_back")
    kind = models.CharField(max_length=20, choices=Kind)
    same_birth = models.BooleanField(default=False)

    child_field = "child_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "other"], name="one_sibling_link_per_pair")]


class Enrolment(Guarded):
    """A child on a school's roll, from one day to another."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="enrolments")
    school = models.ForeignKey(School, models.PROTECT, related_name="enrolments")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Status(models.TextChoices):
        ONLY = "C", _("Only school")
        MAIN = "M", _("Main school of two")
        SUBSIDIARY = "S", _("Second school of two")
        FURTHER_EDUCATION = "F", _("Further education college")
        OTHER = "O", _("Other provider")

    year_group = models.SmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=1, choices=Status, default=Status.ONLY)
    left_because = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=120, blank=True)

    child_field = "child_id"

    class Meta:
        indexes = [models.Index(fields=["school", "until"], name="enrolment_on_roll")]


class Fact(Guarded):
    """A standing fact about a child: since when, until when, who says so, on what evidence.

    How modules share without meeting: the virtual school keeps "looked after", admissions reads it.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=60)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)
    evidence = models.CharField(max_length=200, blank=True)

    child_field = "child_id"

    class Meta:
        indexes = [models.Index(fields=["kind", "child"], name="fact_by_kind")]


class StaffLink(Guarded):
    """An adult who works at a school: since when, and whether recruited to a post that was hard to fill."""

    adult = models.ForeignKey(Adult, models.PROTECT, related_name="staff_links")
    school = models.ForeignKey(School, models.PROTECT, related_name="staff_links")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    shortage_post = models.BooleanField(default=False)


class Involvement(Guarded):
    """Somebody in the child's circle: in which role, for whom, since when. What they may see ends when it ends.

    ``user`` is none for somebody who does not sign in, such as a family doctor: then ``name`` says who it is.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="involvements")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="involvements")
    role = models.CharField(max_length=60)
    name = models.CharField(max_length=200, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="involvements")
    because = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    child_field = "child_id"

    class Meta:
        indexes = [models.Index(fields=["user", "until"], name="circle_of_person")]


class PairDecision(Guarded):
    """What somebody decided about two records that look alike, so that nobody is asked again. Each pair is kept once."""

    class Kind(models.TextChoices):
        NOT_DUPLICATE = "not_duplicate", _("Two different children")
        NOT_SIBLINGS = "not_siblings", _("Not brothers or sisters")

    child = models.ForeignKey(Child, models.PROTECT, related_name="pair_decisions")
    other = models.ForeignKey(Child, models.PROTECT, related_name="pair_decisions_back")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField(default=timezone.now)

    child_field = "child_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "other", "kind"], name="one_decision_per_pair_and_kind")
        ]


class Merge(Guarded):
    """Two records of one child that were made one: what was moved, so that it can be moved back."""

    kept = models.ForeignKey(Child, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Child, models.PROTECT, related_name="merges_away")
    reason = models.CharField(max_length=300)
    moved = models.JSONField(default=list)
    # Goes up when late rows are gathered, so that two who gather, or one who undoes meanwhile, do not cross.
    gathered = models.PositiveIntegerField(default=0)
    merged_by = models.CharField(max_length=200)
    merged_at = models.DateTimeField(default=timezone.now)
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(max_length=300, blank=True)

    child_field = "kept_id"

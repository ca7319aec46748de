"""One record for every child. No module keeps a child of its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..access.models import User
from ..audit.tables import Guarded
from ..organisations.models import School


class Child(Guarded):
    """A child or young person, entered once."""

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

    child_field = "id"

    class Meta:
        indexes = [models.Index(fields=["surname", "forename", "born"], name="child_by_name_and_birth")]

    def __str__(self) -> str:
        return f"{self.chosen_name or self.forename} {self.surname}"


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
    parental_responsibility = models.BooleanField(default=False)
    lives_with_child = models.BooleanField(default=True)
    contact_limited = models.BooleanField(default=False)
    evidence = models.CharField(max_length=200, blank=True)
    claimed = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    child_field = "child_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "adult"], name="one_tie_per_child_and_adult")]


class Address(Guarded):
    """A place where people live, with its point on the National Grid and how exact that point is."""

    class Precision(models.TextChoices):
        PROPERTY = "property", _("The property itself")
        POSTCODE = "postcode", _("The middle of the postcode")
        UNKNOWN = "unknown", _("Not known")

    lines = models.CharField(max_length=300)
    town = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=8, db_index=True)
    uprn = models.CharField(max_length=12, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.UNKNOWN)
    point_source = models.CharField(max_length=80, blank=True)
    restricted = models.BooleanField(default=False)

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
    year_group = models.SmallIntegerField(null=True, blank=True)

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

"""Authorities, schools and agencies. Nothing here is about a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded


class Authority(Guarded):
    """A local authority, in force or abolished. ``ours`` is the one this installation belongs to."""

    code = models.CharField(max_length=3, unique=True)
    ons_code = models.CharField(max_length=9, blank=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    nation = models.CharField(max_length=3, default="ENG")
    region = models.CharField(max_length=60, blank=True)
    ended = models.DateField(null=True, blank=True)
    ours = models.BooleanField(default=False)
    colour = models.CharField(max_length=7, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ours"], condition=models.Q(ours=True), name="one_authority_is_ours"
            )
        ]

    def __str__(self) -> str:
        return self.name


class School(Guarded):
    """A school or college as the register knows it: one row per legal establishment."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSING = "closing", _("Open, but proposed to close")
        PROPOSED = "proposed", _("Proposed to open")
        CLOSED = "closed", _("Closed")

    class Phase(models.TextChoices):
        NURSERY = "nursery", _("Nursery")
        PRIMARY = "primary", _("Primary")
        MIDDLE_PRIMARY = "middle_primary", _("Middle (deemed primary)")
        SECONDARY = "secondary", _("Secondary")
        MIDDLE_SECONDARY = "middle_secondary", _("Middle (deemed secondary)")
        ALL_THROUGH = "all_through", _("All-through")
        SIXTEEN_PLUS = "sixteen_plus", _("16 plus")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    urn = models.CharField(_("URN"), max_length=8, unique=True, null=True, blank=True)
    la_code = models.CharField(max_length=3)
    establishment_number = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=200, db_index=True)
    nation = models.CharField(max_length=3, default="ENG")
    type_code = models.CharField(max_length=4, blank=True)
    type_name = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    phase = models.CharField(max_length=20, choices=Phase, default=Phase.NOT_APPLICABLE)
    low_age = models.PositiveSmallIntegerField(null=True, blank=True)
    high_age = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = models.CharField(max_length=10, blank=True)
    religious_character = models.CharField(max_length=120, blank=True)
    admissions_policy = models.CharField(max_length=60, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    street = models.CharField(max_length=200, blank=True)
    locality = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    website = models.CharField(max_length=300, blank=True)
    own_admission_authority = models.BooleanField(default=False)
    # Set by an officer: no import changes who the admission authority is from then on.
    admission_authority_fixed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["la_code", "establishment_number"], name="school_laestab")]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def laestab(self) -> str:
        return f"{self.la_code}{self.establishment_number}"

    @property
    def is_open(self) -> bool:
        return self.status in (self.Status.OPEN, self.Status.CLOSING)


class SchoolLink(Guarded):
    """One school's successor, predecessor or partner, as the register links them."""

    school = models.ForeignKey(School, models.PROTECT, related_name="links")
    linked_urn = models.CharField(max_length=8)
    linked_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "linked_urn", "kind"], name="one_link_of_a_kind")
        ]


class Agency(Guarded):
    """An organisation that works with children and is not a school: a health trust, a charity, a nursery, a team elsewhere."""

    class Kind(models.TextChoices):
        HEALTH = "health", _("Health")
        SOCIAL_CARE = "social_care", _("Children’s social care")
        POLICE = "police", _("Police")
        YOUTH_JUSTICE = "youth_justice", _("Youth justice")
        PSYCHOLOGY = "psychology", _("Educational psychology")
        CHARITY = "charity", _("Charity or community group")
        PROVIDER = "provider", _("Childcare, tuition or alternative provision")
        OTHER = "other", _("Other")

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    ended = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

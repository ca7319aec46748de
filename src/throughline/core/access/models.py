"""Accounts, roles and teams."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.actor import THROUGHLINE
from ..audit.change import change
from ..audit.tables import Guarded, GuardedManager
from ..organisations.models import Agency, School


class Users(GuardedManager):
    def get_by_natural_key(self, email: str) -> Any:
        return self.get(email__iexact=email)


class User(Guarded, AbstractBaseUser):
    """Somebody who can sign in. What they may do comes from their memberships, never from the account."""

    class Portal(models.TextChoices):
        STAFF = "staff", _("Authority staff")
        FAMILY = "family", _("Parents and carers")
        YOUNG_PERSON = "young_person", _("Young people")
        SCHOOL = "school", _("Schools and colleges")
        PROFESSIONAL = "professional", _("Professionals")
        PROVIDER = "provider", _("Providers")

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    portal = models.CharField(max_length=20, choices=Portal, default=Portal.FAMILY)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now)
    # Sign-ins are events in the trail, so the account itself need not be written at every sign-in.
    last_login = None

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    def check_password(self, raw_password: str | None) -> bool:
        def rehash(raw: str) -> None:
            with change("password stored in the current strength", by=THROUGHLINE):
                self.set_password(raw)
                self.save(update_fields=["password"])

        return check_password(raw_password, self.password, rehash)


class Role(Guarded):
    """What somebody is here to do, with the permissions that go with it."""

    code = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    description = models.TextField()
    portal = models.CharField(max_length=20)
    permissions = models.JSONField(default=list)
    # The relationship that must hold before this role counts as a reader of a child's record; empty: every child.
    reach = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.label


class Team(Guarded):
    """People who share a list of work."""

    name = models.CharField(max_length=120, unique=True)
    description = models.TextField()

    def __str__(self) -> str:
        return self.name


class Membership(Guarded):
    """Somebody in a role, perhaps in a team, at the authority or at one school or agency.

    ``until`` is the first day on which it no longer holds: ended today, it is over at the next request.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", null=True, blank=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="memberships", null=True, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

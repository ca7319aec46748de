"""Reading what was brought in."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from ..audit.actor import Actor, require
from ..registry.assembly import installed
from ..registry.sockets import ImportKind
from .models import Import
from .module import IMPORT


def imports(viewer: Actor) -> QuerySet[Import]:
    """Every file brought in or refused, latest first."""
    require(viewer, IMPORT)
    return Import.objects.defer("findings")


def import_made(viewer: Actor, key: UUID) -> Import | None:
    """One file's result with its findings."""
    require(viewer, IMPORT)
    return Import.objects.filter(pk=key).first()


def kinds_for(viewer: Actor) -> list[ImportKind]:
    """The kinds of file this person may bring in, by their words."""
    require(viewer, IMPORT)
    allowed = [kind for kind in installed().imports.values() if viewer.may(kind.permission)]
    return sorted(allowed, key=lambda kind: str(kind.label))

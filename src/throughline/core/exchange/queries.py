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
    return _theirs(viewer).defer("findings")


def import_made(viewer: Actor, key: UUID) -> Import | None:
    """One file's result with its findings."""
    require(viewer, IMPORT)
    return _theirs(viewer).filter(pk=key).first()


def _theirs(viewer: Actor) -> QuerySet[Import]:
    """Files of kinds that the viewer could bring in: a file's name and findings quote what stands in it."""
    others = [kind.code for kind in installed().imports.values() if not viewer.may(kind.permission)]
    found: QuerySet[Import] = Import.objects.exclude(kind__in=others)
    return found


def kinds_for(viewer: Actor) -> list[ImportKind]:
    """The kinds of file this person may bring in, by their words."""
    require(viewer, IMPORT)
    allowed = [kind for kind in installed().imports.values() if viewer.may(kind.permission)]
    return sorted(allowed, key=lambda kind: str(kind.label))

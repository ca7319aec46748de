"""Which category guards a document, and who may add one."""

from __future__ import annotations

from uuid import UUID

from throughline.rules.sharing.decide import Detail

from ..access.viewer import Viewer
from ..people.models import Child
from ..registry.assembly import installed
from ..registry.sockets import DocumentKind
from ..sharing.show import Sight

EVIDENCE = "documents.evidence"
ADD = "documents.add"


def kind_of(code: str) -> DocumentKind | None:
    """A declared kind; none for one whose module is not here, or that was never declared."""
    return installed().document_kinds.get(code)


def category_of(code: str) -> str:
    """The category under which documents of a kind are read."""
    kind = kind_of(code)
    return kind.category if kind else EVIDENCE


def may_add(viewer: Viewer, child_id: UUID, kind: str) -> bool:
    """Whether the viewer may add such a document to this child's record."""
    if not Child.objects.filter(pk=child_id).exists():
        return False
    return kind in {each.code for each in kinds_to_add(Sight(viewer, [child_id]), child_id)}


def kinds_to_add(sight: Sight, child_id: UUID) -> list[DocumentKind]:
    """The kinds that the viewer may add: those they may contribute to, and for staff with leave those they may see."""
    least = Detail.FULL if sight.viewer.may(ADD) else Detail.CONTRIBUTE
    kinds = installed().document_kinds.values()
    return [kind for kind in kinds if sight.decision(child_id, kind.category).detail >= least]

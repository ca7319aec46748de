"""What an authority decides about a school, and no file may undo."""

from __future__ import annotations

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change

from ..models import School
from .schools import admits_itself


def set_admission_authority(*, by: Actor, school: School, own: bool | None, reason: str = "") -> School:
    """Say who a school's admission authority is.

    Args:
        by: who says so.
        school: the school.
        own: true when it is its own, false when it is the local authority, none to follow its type again.
        reason: why, for the trail.
    """
    require(by, "organisations.keep")
    with change("admission authority of a school set", by=by, reason=reason):
        school.admission_authority_fixed = own is not None
        school.own_admission_authority = admits_itself(school.type_code) if own is None else own
        school.save(update_fields=["admission_authority_fixed", "own_admission_authority"])
    return school

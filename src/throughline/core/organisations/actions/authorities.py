"""Local authorities: the one this installation belongs to, and the published lists of all of them."""

from __future__ import annotations

from throughline.core.audit.actor import Actor, require
from throughline.core.audit.change import change

from ..models import Authority


def set_our_authority(
    *,
    by: Actor,
    code: str,
    name: str,
    short_name: str = "",
    nation: str = "ENG",
    region: str = "",
    colour: str = "",
) -> Authority:
    """Say which authority this installation belongs to. An installation belongs to one authority at a time."""
    require(by, "organisations.keep")
    values = {"name": name, "short_name": short_name, "nation": nation, "region": region, "colour": colour}
    with change("our authority set", by=by):
        for other in Authority.objects.filter(ours=True).exclude(code=code):
            other.ours = False
            other.save(update_fields=["ours"])
        authority = Authority.objects.filter(code=code).first() or Authority(code=code)
        for field, value in values.items():
            setattr(authority, field, value)
        authority.ours = True
        authority.save()
    return authority

"""What is written to somebody who joins an organisation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.invitations import invitation_for, needs_invitation
from throughline.core.access.places import Place
from throughline.core.audit.actor import Actor
from throughline.core.messages.actions import ACCOUNT, write


def send_invitation(request: HttpRequest, *, by: Actor, user: Any, place: Place) -> None:
    """Write the invitation in the caller's transaction: with a link that lets them choose a password, if they need one."""
    if needs_invitation(user):
        word = invitation_for(user)
        link = request.build_absolute_uri(reverse("invitation", args=[user.pk, word]))
        body = _(
            "%(by)s has made you an account for %(place)s.\n\nOpen this link to choose your password. It works once, and "
            "for 3 days:\n%(link)s\n\nIf you did not expect this, do nothing: without the link nobody can use the account."
        )
        key = f"invited:{user.pk}:{word.partition('-')[0]}"
    else:
        link = request.build_absolute_uri(reverse("account_login"))
        body = _("%(by)s has given you a role at %(place)s.\n\nSign in as you always do:\n%(link)s")
        key = f"joined:{user.pk}:{place.code}"
    said = {"by": by.actor_label, "place": place.name, "link": link}
    subject = _("Your account for %(place)s") % {"place": place.name}
    write(by=by, kind=ACCOUNT, to=user.email, subject=subject, body=body % said, key=key)

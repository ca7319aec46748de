"""A copy of a record for one person around the child: chosen, then made from what that person may see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.people.eyes.around import eyes_of, people_around, person_around
from throughline.core.sharing.show import Sight
from throughline.web.components.authority import authority_shown
from throughline.web.record.frame import Record, about_child

from ..copies import copy_for
from ..forms.eyes import CopyForm


@about_child
def make_copy(request: HttpRequest, record: Record) -> HttpResponse:
    """Choose the reader; the answer is the file. It is made anew each time, so that it is never older than the rules."""
    child, own = record.child_id, record.sight
    form = CopyForm(request.POST or None, people=people_around(own, child))
    nothing = False
    if request.method == "POST" and form.is_valid():
        person = person_around(own, child, UUID(form.cleaned_data["person"]))
        eyes = Sight(eyes_of(person), [child], lent_to=record.viewer)
        try:
            content = copy_for(eyes, child, authority_shown()["name"], person.words)
        except Refused:
            nothing = True
        else:
            headers = {"Content-Disposition": 'attachment; filename="copy-of-a-record.pdf"'}
            return HttpResponse(content, content_type="application/pdf", headers=headers)
    return record.page(
        request,
        "sharing/copy.html",
        "sharing.child",
        _("Make a copy for somebody"),
        form=form,
        nothing=nothing,
    )

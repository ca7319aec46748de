"""A young person's own page: their name, their words, who works with them, what was agreed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.people.circle_shown import Member
from throughline.core.people.eyes.family import circle_told
from throughline.core.people.voice import child_who_is, name_myself, read_at_home, say, voice_of
from throughline.core.registry.assembly import installed
from throughline.core.requests.queries import agreed_for, kinds_to_ask
from throughline.core.sharing.show import Sight
from throughline.web.components.parts import Link, Row
from throughline.web.components.wording import days_until
from throughline.web.portals.saving import save_form

from .forms import NameForm, WordsForm

ME = "young_person.me"
IDENTITY = "people.identity"
# A page of another area, where it is installed: who looked at the record.
WHO_LOOKED = "family.looks"


def me(request: HttpRequest) -> HttpResponse:
    """Everything of theirs on one page."""
    viewer: Viewer = viewer_of(request)
    child = child_who_is(viewer)
    sight = Sight(viewer, [child.pk])
    circle = circle_told(sight, child.pk)
    said = voice_of(child.pk, sight)
    # The words of a question are between adults; that it is being asked is theirs to know.
    about_you = {kinds_to_ask()["requests.question"]: _("Answers a question about you")}
    agreed = [
        {"what": about_you.get(what, what), "who": who, "due": due, "left": days_until(due, viewer.on)}
        for what, who, due in agreed_for(child.pk, sight)
    ]
    words = {
        "name": sight.value(child.pk, IDENTITY, str(child)),
        "facts": [
            Row(
                _("The name you go by"), sight.value(child.pk, IDENTITY, child.chosen_name or child.forename)
            ),
            Row(
                _("How you say it"),
                sight.value(child.pk, IDENTITY, child.pronunciation or _("You have not said yet")),
            ),
            Row(_("Your full name"), sight.value(child.pk, IDENTITY, f"{child.forename} {child.surname}")),
            Row(_("Born"), sight.value(child.pk, IDENTITY, child.born)),
        ],
        "latest": said[0] if said else None,
        "earlier": said[1:],
        "people": [_line(one) for one in (*circle.now, *circle.school)],
        "agreed": agreed,
        "read_at_home": read_at_home(viewer.on),
        "who_looked": _who_looked(child.pk),
    }
    sight.record_look("my own page")
    return render(request, "young_person/me.html", words)


def name(request: HttpRequest) -> HttpResponse:
    """What I am called."""
    viewer: Viewer = viewer_of(request)
    child = child_who_is(viewer)
    kept = {"chosen_name": child.chosen_name, "pronunciation": child.pronunciation}
    form = NameForm(request.POST if request.method == "POST" else None, initial=kept)

    def act() -> str:
        name_myself(by=viewer, **form.cleaned_data)
        return reverse(ME)

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("Your name was saved."))
        if answer:
            return answer
    sight = Sight(viewer, [child.pk])
    sight.value(child.pk, IDENTITY, child.chosen_name)
    sight.record_look("my own page")
    return render(request, "young_person/name.html", {"form": form, "back": Link("", reverse(ME))})


def words(request: HttpRequest) -> HttpResponse:
    """What matters to me."""
    viewer: Viewer = viewer_of(request)
    child = child_who_is(viewer)
    sight = Sight(viewer, [child.pk])
    said = [one for one in voice_of(child.pk, sight) if not one.heard]
    kept = {"words": said[0].words if said else ""}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=kept)

    def act() -> str:
        say(by=viewer, words=form.cleaned_data["words"])
        return reverse(ME)

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("Your words were saved, with today’s date."))
        if answer:
            return answer
    sight.record_look("my own page")
    context = {"form": form, "back": Link("", reverse(ME)), "read_at_home": read_at_home(viewer.on)}
    return render(request, "young_person/words.html", context)


def _line(one: Member) -> dict[str, Any]:
    """Somebody who works with them, as one sentence and the reason."""
    place = one.place if isinstance(one.place, str) else ""
    as_what = _("%(role)s, %(place)s") % {"role": one.role, "place": place} if place else one.role
    return {"name": one.name, "as_what": as_what, "why": one.because or _("Works at your school")}


def _who_looked(child_id: Any) -> str:
    return reverse(WHO_LOOKED, args=[child_id]) if WHO_LOOKED in installed().pages else ""


def viewer_of(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]

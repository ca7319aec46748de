"""What people of the demonstration ask of one another: one request in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from throughline.core.access.queries import accounts
from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.audit.actor import Trusted
from throughline.core.requests.actions import answer, ask, pass_on, send_back, take, withdraw

from .cast import Cast
from .families import Child


def pick(children: list[Child], number: int) -> Child:
    """One of the children, however few there are."""
    return children[number % len(children)]


def make_requests(cast: Cast, older: list[Child], younger: list[Child]) -> None:
    """One in every state: waiting, taken, passed on, late, answered, sent back, withdrawn; from and to every portal."""
    officer = _officer()
    # Counted from the clock, as the page that is asked on counts: the town may have been made for another day.
    day = timezone.localdate()

    def wanted(child: Child, whom: str, words: Any, days: int, by: Any = None) -> Any:
        return ask(
            by=by or officer,
            child_id=child.key,
            kind="requests.question",
            whom=whom,
            words=str(words),
            due=day + timedelta(days=days),
        )

    def person(role: str, at: int = 0) -> str:
        return f"user:{cast.viewer(role, at).user_id}"

    health = f"agency:{cast.agencies['ash-valley-health'].pk}"
    care = f"agency:{cast.agencies['wendmere-social-care'].pk}"
    school = f"school:{next(iter(cast.viewer('head_teacher').schools))}"
    nurse, worker = cast.viewer("health_professional"), cast.viewer("social_worker")
    wanted(pick(older, 0), health, _("When was the last hearing test, and what did it find?"), 9)
    wanted(pick(older, 1), health, _("Is there a care plan that the school should have?"), 2)
    taken = wanted(pick(older, 2), health, _("Does the child still see the physiotherapist?"), 5)
    take(by=nurse, request_id=taken.pk)
    other = wanted(pick(younger, 0), health, _("Which vaccinations are missing?"), 12)
    take(by=nurse, request_id=other.pk)
    pass_on(by=nurse, request_id=other.pk, to=cast.viewer("health_professional", 1).user_id, edition=2)
    wanted(pick(older, 0), school, _("How often was the child away this term, and why?"), 4)
    wanted(pick(older, 3), school, _("Who at the school does the child trust?"), 14)
    wanted(
        pick(older, 0),
        person("designated_teacher"),
        _("Please send the targets of the personal education plan."),
        6,
    )
    wanted(pick(younger, 1), person("designated_teacher"), _("What would help at lunchtime?"), 3)
    wanted(pick(younger, 0), person("social_worker"), _("Will the family move before September?"), 7)
    wanted(pick(older, 3), person("educational_psychologist"), _("May we read your last report?"), 10)
    wanted(pick(older, 0), care, _("Who is the social worker on duty for this family?"), 1)
    done = wanted(pick(older, 4), person("social_worker"), _("Does the family know about the meeting?"), 8)
    answer(
        by=worker,
        request_id=done.pk,
        words=str(_("Yes. I told them on Tuesday, and both will come.")),
        edition=1,
    )
    back = wanted(pick(older, 5), person("social_worker"), _("What did the dentist say?"), 8)
    send_back(
        by=worker,
        request_id=back.pk,
        reason=str(_("I do not know the dentist. The health trust would.")),
        edition=1,
    )
    gone = wanted(pick(older, 6), person("social_worker"), _("Can you come on Friday?"), 8)
    withdraw(by=officer, request_id=gone.pk, edition=1)
    # Asked a while ago, and late. Nobody can ask for a day that is over: the demonstration asks in their name.
    late = (person("social_worker"), _("Which school does the family prefer?"), -6)
    wanted(pick(younger, 2), *late, by=_in_the_name_of(officer))
    breakfast = _("Is there a place in the breakfast club?")
    wanted(pick(older, 2), school, breakfast, -2, by=_in_the_name_of(worker))


def _in_the_name_of(viewer: Viewer) -> Trusted:
    return Trusted(viewer.actor_label, viewer.user_id)


def _officer() -> Viewer:
    """The caseworker of the authority who asks."""
    found = (viewer_for(user) for user in accounts("staff"))
    return next(viewer for viewer in found if "caseworker" in viewer.roles)

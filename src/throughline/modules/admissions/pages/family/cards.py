"""What school places put on a family's first page: what is asked now, first."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.people.queries import adult_of
from throughline.core.registry.sockets import HomeItem
from throughline.web.components.wording import long_date

from ...queries.families import late_now, my_applications, offers_of, open_rounds_of, unsubmitted


def home(viewer: Viewer) -> list[HomeItem]:
    """Each application with what is asked now, the rounds open for the viewer's children, and adding a child."""
    if adult_of(viewer) is None:
        about = _("Tell us who you are to apply for a school place.")
        return [HomeItem(_("Apply for a school place"), reverse("admissions.about_you"), about)]
    applications = my_applications(viewer)
    changed = unsubmitted(applications)
    offers = offers_of(applications)
    items = [_item(each, each.pk in changed, offers.get(each.pk)) for each in applications]
    begun = {(each.child_id, each.round_id) for each in applications}
    items += [
        HomeItem(
            _("Apply for %(child)s: %(round)s") % {"child": child, "round": round.name},
            reverse("admissions.my_child", args=[child.pk]),
            _("You have not started this application."),
            due=round.closes,
        )
        for child, round in open_rounds_of(viewer)
        if (child.pk, round.pk) not in begun
    ]
    add = _("Add a child to apply for a school place for them.")
    return [*items, HomeItem(_("Add a child"), reverse("admissions.add_child"), add)]


def _item(application: Any, changed: bool, offer: Any) -> HomeItem:
    title = _("%(child)s: %(round)s") % {"child": application.child, "round": application.round.name}
    link = reverse("admissions.my_application", args=[application.pk])
    closes = application.round.closes
    if application.round.released_at:
        return _released(application, title, offer)
    if application.state == "draft":
        text = _("You have started this application but not submitted it.")
        return HomeItem(
            title,
            link,
            _("You have not submitted this application. It is now late: submit it as soon as you can.")
            if late_now(application)
            else text,
            tag=_("Not submitted yet"),
            due=closes,
        )
    if application.state == "disputed":
        text = _("We have your application. An admissions officer will contact you about it.")
        return HomeItem(title, link, text, tag=_("We need to speak to you"))
    if changed:
        text = _("You have changes you have not submitted.")
        return HomeItem(title, link, text, tag=_("Changes not submitted"), due=closes)
    day = {"day": long_date(application.round.offer_day)}
    return HomeItem(title, link, _("You will hear on %(day)s.") % day, tag=_("Submitted"))


def _released(application: Any, title: str, offer: Any) -> HomeItem:
    link = reverse("admissions.my_result", args=[application.pk])
    if offer is not None and offer.state == "made":
        text = _("Read your result and reply to the offer.")
        return HomeItem(title, link, text, tag=_("Your result is ready"), due=application.round.reply_by)
    return HomeItem(title, link, _("Read your result."), tag=_("Your result is ready"))

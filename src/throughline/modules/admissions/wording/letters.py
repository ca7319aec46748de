"""Messages to families. They say what has happened and where to look, and nothing about the child."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from throughline.core.audit.actor import Actor
from throughline.core.messages.actions import Draft, write_all
from throughline.core.messages.choosing import languages_of

from ..models import Application, Offer, Round

Told = tuple[str, UUID, UUID]
"""A message's key, the adult who is told, and the child it concerns."""
Words = tuple[str, str]
"""Subject and body."""


def tell_applicant(*, by: Actor, application: Application) -> None:
    """Tell an applicant that the application has arrived, once for each time it is submitted."""
    if application.applicant is None or not application.applicant.email:
        return
    key = f"application:{application.pk}:{application.version}"

    def words() -> Words:
        if application.state == Application.State.DISPUTED:
            return _("Your application for a school place needs a decision"), _(
                "We have your application. We cannot take it forward yet, because there is more than one application "
                "for the same place in a school year. An admissions officer will contact you. You do not need to apply "
                "again."
            )
        return _("We have your application for a school place"), _(
            "We have your application. Its reference is %(reference)s. You can change it until %(day)s. Sign in to see it."
        ) % {"reference": application.reference, "day": date_format(application.round.closes)}

    told = (key, application.applicant.pk, application.child_id)
    write_all(by=by, drafts=_drafts("admissions.application", [told], words))


def tell_offer_day(*, by: Actor, round: Round) -> int:
    """Tell every applicant that the result is ready. Nobody is told a result by a message."""
    rows = Application.objects.filter(round=round, state=Application.State.SUBMITTED, applicant__isnull=False)
    found = rows.exclude(applicant__email="").values_list("pk", "applicant_id", "child_id")

    def words() -> Words:
        return _("The result of your application for a school place is ready"), _(
            "The result of your application is ready. Sign in to read it and to reply. Please reply by %(day)s."
        ) % {"day": date_format(round.reply_by)}

    told = [(f"offer-day:{round.pk}:{key}", adult, child) for key, adult, child in found if adult]
    return write_all(by=by, drafts=_drafts("admissions.offer_day", told, words))


def tell_replaced(*, by: Actor, offers: Iterable[Offer]) -> int:
    """Tell families that a place at a school they preferred has been found."""
    made = list(offers)
    keys = [offer.application_id for offer in made if offer.application_id]
    rows = Application.objects.filter(pk__in=keys, applicant__isnull=False).exclude(applicant__email="")
    found = {
        key: (adult, child)
        for key, adult, child in rows.values_list("pk", "applicant_id", "child_id")
        if adult
    }

    def words() -> Words:
        return _("There is news about your application for a school place"), _(
            "A school place has been found for you from a waiting list. Sign in to read it and to reply."
        )

    told = [
        (f"offer:{offer.pk}", *found[offer.application_id]) for offer in made if offer.application_id in found
    ]
    return write_all(by=by, drafts=_drafts("admissions.reallocation", told, words))


def tell_withdrawn(*, by: Actor, offer: Offer) -> None:
    """Tell a family that an offer was withdrawn. The reason is read after signing in."""
    application = offer.application
    if application is None or application.applicant is None or not application.applicant.email:
        return

    def words() -> Words:
        return _("Your offer of a school place has changed"), _(
            "The offer of a school place that we made to you has been withdrawn. Sign in to read why."
        )

    told = (f"offer-withdrawn:{offer.pk}", application.applicant.pk, application.child_id)
    write_all(by=by, drafts=_drafts("admissions.withdrawn", [told], words))


def _drafts(kind: str, told: Iterable[Told], words: Callable[[], Words]) -> list[Draft]:
    """A draft for each, in its reader's language and by the way they chose; where they live is found when it goes."""
    wanted = list(told)
    langs = languages_of(adult for _key, adult, _child in wanted)
    said: dict[str, Words] = {}
    for lang in set(langs.values()):
        with translation.override(lang):
            said[lang] = words()
    return [
        Draft(
            kind, "", *said[langs[adult]], key, channel="", adult=adult, about_child=child, lang=langs[adult]
        )
        for key, adult, child in wanted
    ]

"""Messages to families. They say what has happened and where to look, and nothing about the child."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from throughline.core.audit.actor import Actor
from throughline.core.messages.actions import Draft, write_all

from ..models import Application, Offer, Round


def tell_applicant(*, by: Actor, application: Application) -> None:
    """Tell an applicant that the application has arrived, once for each time it is submitted."""
    to = application.applicant.email if application.applicant else ""
    if not to:
        return
    if application.state == Application.State.DISPUTED:
        subject = _("Your application for a school place needs a decision")
        body = _(
            "We have your application. We cannot take it forward yet, because there is more than one application for "
            "the same place in a school year. An admissions officer will contact you. You do not need to apply again."
        )
    else:
        subject = _("We have your application for a school place")
        body = _(
            "We have your application. Its reference is %(reference)s. You can change it until %(day)s. Sign in to see it."
        ) % {"reference": application.reference, "day": date_format(application.round.closes)}
    key = f"application:{application.pk}:{application.version}"
    write_all(by=by, drafts=[Draft("admissions.application", to, subject, body, key)])


def tell_offer_day(*, by: Actor, round: Round) -> int:
    """Tell every applicant that the result is ready. Nobody is told a result by e-mail."""
    rows = Application.objects.filter(round=round, state=Application.State.SUBMITTED, applicant__isnull=False)
    subject = _("The result of your application for a school place is ready")
    body = _(
        "The result of your application is ready. Sign in to read it and to reply. Please reply by %(day)s."
    ) % {"day": date_format(round.reply_by)}
    drafts = [
        Draft("admissions.offer_day", email, subject, body, f"offer-day:{round.pk}:{key}")
        for key, email in rows.exclude(applicant__email="").values_list("pk", "applicant__email")
    ]
    return write_all(by=by, drafts=drafts)


def tell_replaced(*, by: Actor, offers: Iterable[Offer]) -> int:
    """Tell families that a place at a school they preferred has been found."""
    keys = [offer.application_id for offer in offers if offer.application_id]
    rows = Application.objects.filter(pk__in=keys, applicant__isnull=False).exclude(applicant__email="")
    emails = dict(rows.values_list("pk", "applicant__email"))
    subject = _("There is news about your application for a school place")
    body = _("A school place has been found for you from a waiting list. Sign in to read it and to reply.")
    return write_all(
        by=by,
        drafts=[
            Draft("admissions.reallocation", emails[offer.application_id], subject, body, f"offer:{offer.pk}")
            for offer in offers
            if offer.application_id in emails
        ],
    )


def tell_withdrawn(*, by: Actor, offer: Offer) -> None:
    """Tell a family that an offer was withdrawn. The reason is read after signing in."""
    applicant = offer.application.applicant if offer.application else None
    if applicant is None or not applicant.email:
        return
    subject = _("Your offer of a school place has changed")
    body = _("The offer of a school place that we made to you has been withdrawn. Sign in to read why.")
    key = f"offer-withdrawn:{offer.pk}"
    write_all(by=by, drafts=[Draft("admissions.withdrawn", applicant.email, subject, body, key)])

"""Applying: start, answer, submit, change, withdraw. An edit never takes back an application that was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change
from throughline.core.people.models import Adult, Child
from throughline.core.people.queries import addresses_of, adult_of, my_child
from throughline.core.people.references import new_reference

from ..models import Application, Preference, Round, Submission
from ..queries.arrangements import arrangements_in_force
from ..wording.letters import tell_applicant
from .claims import keep_claims
from .establish import establish_own


class Overtaken(ValueError):
    """The application was saved elsewhere (another device, another person) after this page was opened."""


def start_application(*, by: Viewer, round: Round, child_id: Any) -> Application:
    """A parent begins an application for their own child, or goes on with the one begun."""
    require(by, "admissions.apply")
    child, adult = my_child(by, child_id), adult_of(by)
    if adult is None:
        raise Refused("Say who you are first.")
    if timezone.localdate() < round.opens:
        raise ValidationError(_("Applications are not open yet. Come back on the day they open."))
    if round.released_at:
        raise ValidationError(
            _(
                "Offers have been made for this round. Contact the admissions team to apply now. Nothing was changed."
            )
        )
    if not round.born_from <= child.born <= round.born_to:
        raise ValidationError(
            _(
                "This round is for children of another age. Check the date of birth, or contact the admissions team "
                "to ask about a different year group. Nothing was changed."
            )
        )
    begun = _mine(round, child, adult)
    if begun:
        return begun
    with change("application started", by=by):
        try:
            with transaction.atomic():
                return Application.objects.create(
                    round=round, child=child, applicant=adult, reference=new_reference("A")
                )
        except IntegrityError:
            return Application.objects.get(pk=_mine(round, child, adult).pk)  # type: ignore[union-attr]


def save_answers(
    *, by: Actor, application: Application, edition: int, answers: Mapping[str, Any]
) -> Application:
    """Keep what has been answered so far, one question's part at a time.

    What was submitted before stays as it is until the application is submitted again.

    Raises:
        Overtaken: the application was saved elsewhere meanwhile; nothing was written.
    """
    _require_hand(by, application)
    with change("answers saved", by=by):
        moved = Application.objects.filter(pk=application.pk, edition=edition).update(
            answers={**application.answers, **answers}, edition=edition + 1
        )
        if not moved:
            raise Overtaken("The application was saved elsewhere.")
    application.refresh_from_db()
    return application


def submit_application(*, by: Actor, application: Application) -> Application:
    """Make the application, or make it again with what has been changed.

    A first application after the closing date is late. Another applicant's live application for the same child puts
    both on hold: nobody here picks one.

    Raises:
        ValidationError: in words, when something is missing or no longer possible; nothing was changed.
        Overtaken: it was saved, submitted or withdrawn elsewhere meanwhile; nothing was changed.
    """
    _require_hand(by, application)
    round = application.round
    late = timezone.localdate() > round.closes
    if late and application.first_submitted_at and not by.may("admissions.work"):
        raise ValidationError(
            _(
                "The closing date has passed, so your application can no longer be changed online. It stands as you last submitted it."
            )
        )
    wanted = _wanted(application, round)
    try:
        return _submit(by, application, wanted, late)
    except IntegrityError:
        # Another person's application for this child went live in the same moment. Now it is there to be seen, and the
        # two wait for an officer together.
        application.refresh_from_db()
        return _submit(by, application, wanted, late)


def _submit(by: Actor, application: Application, wanted: list[dict[str, Any]], late: bool) -> Application:
    with change("application submitted", by=by):
        _freeze(application, wanted, late)
        establish_own(by=by, application=application)
        Submission.append(
            application=application,
            child_id=application.child_id,
            version=application.version,
            by=by.actor_label,
            content=application.answers,
        )
        _go_live(application)
        tell_applicant(by=by, application=application)
    return application


def withdraw_application(*, by: Actor, application: Application, reason: str = "") -> None:
    """Withdraw an application. It stays on the record; another can be made."""
    _require_hand(by, application)
    with change("application withdrawn", by=by, reason=reason):
        application.state = Application.State.WITHDRAWN
        application.save(update_fields=["state"])


def enter_application(
    *,
    by: Actor,
    round: Round,
    child: Child,
    applicant: Adult | None,
    answers: Mapping[str, Any],
    via: str = "paper",
) -> Application:
    """An officer enters an application that came on paper or by telephone, and submits it."""
    require(by, "admissions.work")
    begun = _mine(round, child, applicant) if applicant else None
    if begun:
        raise ValidationError(
            _(
                "This person has an application for this child already, %(reference)s. Open it and go on from there. "
                "Nothing was changed."
            )
            % {"reference": begun.reference}
        )
    with change("application entered by an officer", by=by):
        application = Application.objects.create(
            round=round,
            child=child,
            applicant=applicant,
            reference=new_reference("A"),
            answers=dict(answers),
            via=via,
        )
        return submit_application(by=by, application=application)


def _require_hand(by: Actor, application: Application) -> None:
    """Whoever applied, or an officer who may work on applications."""
    own = application.applicant is not None and application.applicant.user_id == by.actor_id
    if not (own and by.may("admissions.apply")) and not by.may("admissions.work"):
        raise Refused("Not this person's application.")
    if application.state in (Application.State.WITHDRAWN, Application.State.SET_ASIDE):
        raise ValidationError(_("This application was withdrawn, so it can no longer be changed."))


def _mine(round: Round, child: Child, adult: Adult) -> Application | None:
    ended = (Application.State.WITHDRAWN, Application.State.SET_ASIDE)
    return (
        Application.objects.filter(round=round, child=child, applicant=adult).exclude(state__in=ended).first()
    )


def _wanted(application: Application, round: Round) -> list[dict[str, Any]]:
    wanted: list[dict[str, Any]] = list(application.answers.get("preferences", []))
    if not wanted:
        raise ValidationError(
            _("Choose at least one school before you submit. Your answers so far are kept.")
        )
    if len(wanted) > round.preferences:
        raise ValidationError(
            ngettext(
                "Choose no more than %(limit)s school. Your answers so far are kept.",
                "Choose no more than %(limit)s schools. Your answers so far are kept.",
                round.preferences,
            )
            % {"limit": round.preferences}
        )
    keys = [str(w["school"]) for w in wanted]
    if len(set(keys)) != len(keys):
        raise ValidationError(
            _("You have chosen the same school twice. Choose each school once. Your answers so far are kept.")
        )
    schools = {str(key): here.row.school for key, here in arrangements_in_force(round).items()}
    for key in keys:
        school = schools.get(key)
        if school is None or not school.is_open:
            name = school.name if school else _("A school you chose")
            raise ValidationError(
                _(
                    "%(school)s does not admit children in this round. Choose another school. Your answers so far are kept."
                )
                % {"school": name}
            )
    return wanted


def _freeze(application: Application, wanted: list[dict[str, Any]], late: bool) -> None:
    now = timezone.now()
    residence = addresses_of([application.child_id], timezone.localdate()).get(application.child_id)
    if residence is None:
        raise ValidationError(
            _("Give the address where the child lives before you submit. Your answers so far are kept.")
        )
    # Written only onto what the caller has read: an answer saved or a withdrawal made elsewhere is never undone.
    mine = {"edition": application.edition, "version": application.version, "state": application.state}
    if not Application.objects.filter(pk=application.pk, **mine).update(version=application.version + 1):
        raise Overtaken("The application was saved elsewhere.")
    application.address = residence.address
    application.submitted_at = now
    if application.first_submitted_at is None:
        application.first_submitted_at, application.late = now, late
    application.late_reason = application.answers.get("late_reason", "")
    application.version += 1
    application.state = (
        Application.State.DISPUTED if _another_live(application) else Application.State.SUBMITTED
    )
    application.save()
    kept = dict(Preference.objects.filter(application=application).values_list("school_id", "keep_waiting"))
    Preference.objects.filter(application=application).delete()
    Preference.objects.bulk_create(
        Preference(
            application=application,
            child_id=application.child_id,
            school_id=each["school"],
            rank=rank,
            reasons=each.get("reasons", ""),
            keep_waiting=kept.get(UUID(str(each["school"])), True),
        )
        for rank, each in enumerate(wanted, start=1)
    )
    keep_claims(application, wanted)


def _another_live(application: Application) -> bool:
    return (
        Application.objects.filter(
            round_id=application.round_id, child_id=application.child_id, state__in=Application.LIVE
        )
        .exclude(pk=application.pk)
        .exists()
    )


def _go_live(application: Application) -> None:
    """Where two people have applied for one child, both applications wait for an officer."""
    if application.state == Application.State.DISPUTED:
        Application.objects.filter(
            round_id=application.round_id, child_id=application.child_id, state=Application.State.SUBMITTED
        ).update(state=Application.State.DISPUTED, edition=F("edition") + 1)

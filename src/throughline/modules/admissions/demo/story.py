"""What has happened in the demonstration by the time somebody looks at it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from throughline.core.audit.actor import Trusted
from throughline.core.work.worker import Worker

from ..actions.bulk_decisions import confirm_claims, record_replies
from ..actions.release import propose_run, release, release_reallocation
from ..actions.runs import ask_run
from ..queries.demonstrating import claims_waiting, made_so_far, offers_waiting
from ..queries.rounds import Round
from ..queries.running import run as run_by_id
from .applying import families_apply
from .setting_up import set_up_round

FIRST = Trusted("Admissions officer (demonstration)")
SECOND = Trusted("Admissions manager (demonstration)")


def run(town: Any, report: Any) -> dict[str, int]:
    """Last year's Reception round, this year's Year 7 round decided today, and the Reception round that is open now.

    Returns:
        what there is now, by what it is called.
    """
    stories = (
        ("reception", town.entry_year - 1, "past"),
        ("year_7", town.entry_year, "decided"),
        ("reception", town.entry_year, "open"),
    )
    for number, (phase, year, story) in enumerate(stories):
        report(_("School places: rounds"), number, len(stories))
        round = set_up_round(town, phase, year, story)
        if round.released_at is None:
            families_apply(town, round, phase, story)
            _decide_evidence(town, round, 0.7 if story == "open" else 0.96)
            _carry_on(town, round, story)
    report(_("School places: rounds"), len(stories), len(stories))
    return made_so_far()


def _decide_evidence(town: Any, round: Round, share: float) -> None:
    rng = town.random_for(f"evidence {round.phase} {round.entry_year}")
    decided = [claim for claim in claims_waiting(round) if rng.random() < share]
    confirm_claims(by=FIRST, claims=decided, reason="")


def _carry_on(town: Any, round: Round, story: str) -> None:
    if story == "open":
        _run(round, "dry")
        return
    _run(round, "dry")
    offered = _run(round, "offer")
    propose_run(by=FIRST, run=offered)
    round.refresh_from_db()
    release(by=SECOND, round=round, run=offered)
    _reply(town, round, story)
    if story == "decided":
        release_reallocation(by=SECOND, run=_run(round, "reallocation"))


def _run(round: Round, kind: str) -> Any:
    run, _piece = ask_run(by=FIRST, round=round, kind=kind)
    Worker().run_until_idle()
    return run_by_id(FIRST, run.pk)


def _reply(town: Any, round: Round, story: str) -> None:
    rng = town.random_for(f"replies {round.phase} {round.entry_year}")
    answers = {True: [], False: []}  # type: dict[bool, list[Any]]
    for offer in offers_waiting(round):
        chance = rng.random()
        if chance < 0.025:
            answers[False].append(offer)
        elif story == "past" or chance < 0.6:
            answers[True].append(offer)
    record_replies(by=FIRST, offers=answers[True], accept=True)
    record_replies(by=FIRST, offers=answers[False], accept=False)

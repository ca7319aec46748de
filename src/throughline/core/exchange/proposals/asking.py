"""Handing a file over to the worker: to be read, put on the record, or taken back."""

from __future__ import annotations

from ...audit.actor import Actor
from ...work.actions import ask
from ..proposal_tables import Proposal

READ, COMMIT, UNDO = "exchange.read_proposal", "exchange.commit_proposal", "exchange.undo_proposal"


def hand_over(*, by: Actor, proposal: Proposal, job: str, state: str) -> bool:
    """Ask for the work in the caller's change. False when the file has moved on meanwhile."""
    if not Proposal.objects.filter(pk=proposal.pk, state=proposal.state).update(state=state):
        return False
    piece = ask(by=by, job=job, arguments={"proposal": proposal.pk}, key=f"{job}:{proposal.pk}")
    Proposal.objects.filter(pk=proposal.pk).update(piece_id=piece.pk)
    proposal.state, proposal.piece_id = state, piece.pk
    return True


def read_again(*, by: Actor, proposal: Proposal) -> bool:
    """Read a file from the beginning. What was decided about it is forgotten with what it was decided about."""
    return hand_over(by=by, proposal=proposal, job=READ, state=Proposal.State.READING)

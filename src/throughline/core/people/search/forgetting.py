"""Taking the words of a name out of the index when nobody bears it any more."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from ..findable import FindableName, NameSlip

AT_ONCE = 400


def words_of(children: Iterable[UUID]) -> list[str]:
    """The words by which these children are found."""
    rows = FindableName.objects.filter(child_id__in=list(children)).values_list("forename", "surname")
    return sorted({word for row in rows for word in row if word})


def forget_words(words: Iterable[str]) -> None:
    """Take these words out, those excepted that another child bears: after the children's own rows went."""
    wanted = list(words)
    for at in range(0, len(wanted), AT_ONCE):
        part = wanted[at : at + AT_ONCE]
        borne = FindableName.objects.filter(Q(forename__in=part) | Q(surname__in=part))
        still = {word for row in borne.values_list("forename", "surname") for word in row}
        NameSlip.objects.filter(word__in=[word for word in part if word not in still]).delete()

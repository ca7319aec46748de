"""How people wish to be written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from ..access.viewer import Viewer
from ..audit.change import BATCH, change
from ..people.models import Adult
from .addressing import mobile
from .drafts import Draft
from .kinds import kind_of, kinds_to_choose
from .models import Channel, ContactChoice
from .notify import texts_can_be_sent


@dataclass(frozen=True)
class Choices:
    """Somebody's choices: for everything, for kinds where they differ, and the language of letters."""

    channel: str = Channel.EMAIL
    by_kind: Mapping[str, str] = field(default_factory=dict)
    lang: str = ""

    def for_kind(self, code: str) -> str:
        # What the law makes us send goes the way that reaches people, not the way that was chosen for news.
        return self.channel if kind_of(code).statutory else self.by_kind.get(code, self.channel)


def own_choices(viewer: Viewer) -> Choices:
    """What this person has chosen; e-mail for everything unless they said otherwise."""
    return _read(ContactChoice.objects.filter(user_id=viewer.user_id).first())


def own_mobile(viewer: Viewer) -> str:
    """The mobile number that texts would go to, or nothing."""
    return mobile(Adult.objects.filter(user_id=viewer.user_id).values_list("phone", flat=True).first() or "")


def languages_of(adults: Iterable[UUID]) -> dict[UUID, str]:
    """The language each of these adults is to be written to in: what they chose, or the authority's first."""
    keys = list(dict.fromkeys(adults))
    found = dict.fromkeys(keys, settings.LANGUAGES[0][0])
    offered = dict(settings.LANGUAGES)
    for at in range(0, len(keys), BATCH):
        rows = ContactChoice.objects.filter(user__adult__in=keys[at : at + BATCH]).exclude(lang="")
        found |= {adult: lang for adult, lang in rows.values_list("user__adult", "lang") if lang in offered}
    return found


def texts_are_offered() -> bool:
    """Whether anybody can be sent texts here."""
    return settings.DEMONSTRATION or texts_can_be_sent()


def choose(*, by: Viewer, channel: str, by_kind: Mapping[str, str], lang: str) -> None:
    """Keep somebody's own choices. They are nobody else's to make, so no permission is asked."""
    known = {kind.code for kind in kinds_to_choose()}
    kept = {
        code: way
        for code, way in by_kind.items()
        if code in known and way in Channel.values and way != channel
    }
    for tries_left in (1, 0):
        row = ContactChoice.objects.filter(user_id=by.user_id).first() or ContactChoice(user_id=by.user_id)
        row.channel, row.by_kind, row.lang = Channel(channel), kept, lang
        try:
            with transaction.atomic(), change("way of being contacted chosen", by=by):
                row.save()
        except IntegrityError:
            # A second window was quicker by a moment; what is saved last holds.
            if not tries_left:
                raise
        else:
            return


def with_channels(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts that name no channel get the one their reader chose, or the next by which they can be reached."""
    found = list(drafts)
    open_ = [draft for draft in found if not draft.channel]
    if not open_:
        return found
    readers: dict[str, _Reader] = {}
    for at in range(0, len(open_), BATCH):
        readers |= _readers(open_[at : at + BATCH])
    choices = _choices_of([reader.user for reader in readers.values() if reader.user])
    return [
        draft
        if draft.channel
        else replace(
            draft,
            channel=_channel(draft, readers[draft.key], choices.get(readers[draft.key].user, Choices())),
        )
        for draft in found
    ]


def _choices_of(users: list[UUID]) -> dict[UUID | None, Choices]:
    found: dict[UUID | None, Choices] = {}
    for at in range(0, len(users), BATCH):
        rows = ContactChoice.objects.filter(user__in=users[at : at + BATCH])
        found |= {row.user_id: _read(row) for row in rows}
    return found


@dataclass(frozen=True)
class _Reader:
    user: UUID | None
    has_email: bool
    has_mobile: bool


def _readers(drafts: list[Draft]) -> dict[str, _Reader]:
    adults = Adult.objects.select_related("user").filter(pk__in=[d.adult for d in drafts if d.adult])
    users = Adult.objects.select_related("user").filter(user__in=[d.user for d in drafts if d.user])
    by_adult = {row.pk: row for row in adults}
    by_user = {row.user_id: row for row in users}
    return {draft.key: _reader(draft, by_adult, by_user) for draft in drafts}


def _reader(draft: Draft, by_adult: dict[UUID, Adult], by_user: dict[UUID | None, Adult]) -> _Reader:
    adult = by_adult.get(draft.adult) if draft.adult else by_user.get(draft.user)
    user = adult.user_id if adult else draft.user
    has_email = bool(draft.to or user or (adult and adult.email))
    return _Reader(user, has_email, bool(adult and mobile(adult.phone)))


def _channel(draft: Draft, reader: _Reader, choices: Choices) -> str:
    chosen = choices.for_kind(draft.kind)
    if chosen == Channel.TEXT and not (reader.has_mobile and texts_are_offered()):
        chosen = Channel.EMAIL
    if chosen == Channel.EMAIL and not reader.has_email:
        return Channel.LETTER
    return chosen


def _read(row: ContactChoice | None) -> Choices:
    return Choices(row.channel, dict(row.by_kind), row.lang) if row else Choices()

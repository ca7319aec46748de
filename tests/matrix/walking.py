"""Opening one page as everybody, for everybody's rows, in every way; and saying what was wrong with the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from tests.matrix.cast import Actor, Cast
from tests.matrix.expected import Expectations, Expected
from tests.matrix.watching import Answer, log, writes
from tests.matrix.world import FAMILIES, World

from throughline.core.audit.models import Event, Line
from throughline.core.messages.models import Message

METHODS = ("GET", "POST", "PUT")
DOOR, SECOND_STEP = "/sign-in/", "/sign-in/second-step/"
# What the machinery writes about a session is nobody's record.
MACHINERY = ("django_session", "usersessions_usersession", "cache_entries")
TRAIL = ("audit_event", "audit_line")
PERSONAL = (
    "move",
    "application",
    "child",
    "document",
    "claim",
    "offer",
    "preference",
    "residence",
    "second_preference",
    "enrolment",
    "fact",
    "limit",
    "tie",
    "tie",
    "fact",
    "enrolment",
)
# A figure without a name beside it is nobody's: where the line fell at a school, say.
NAMELESS = ("distance from home", "admissions.TestResult.score", "admissions.Preference.distance")
INLINE = re.compile(
    r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
# A form's own keys differ each time a page is drawn, and tell nothing.
MASKED = re.compile(rb'(?:name="(?:csrfmiddlewaretoken|once_key)" value|content|nonce)="[^"]*"')
WITHHELD = ("Not shown: this is restricted", "Kept back with the address")
# An adopted child's earlier record is asked for on every page about a child, and is there for nobody but this one.
OPENS_SEALED = "safeguarding_lead"
# One stands for all who get in nowhere, where the method is none that a page has.
TRY_ANYTHING = ("anonymous", "stranger", "ended")


@dataclass(frozen=True)
class Visit:
    """One page, opened by somebody, for somebody's row, in one way."""

    page: Expected
    actor: Actor
    whose: str
    method: str
    address: str

    def __str__(self) -> str:
        return f"{self.method} {self.page.name} of {self.whose!r} as {self.actor.name!r}"


@dataclass
class Matrix:
    """The walk over pages; ``findings`` are sentences, and none is what everybody hopes for."""

    cast: Cast
    known: Expectations
    nothing_there: dict[tuple[str, str], tuple[int, bytes]] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.cast.world

    def findings(self, page: Expected) -> list[str]:
        """Everything that is wrong with one page."""
        return [f"{visit}: {found}" for visit in self._visits(page) for found in self._judge(visit)]

    def _visits(self, page: Expected) -> Iterator[Visit]:
        for actor in self.cast.actors.values():
            for whose in self._whose(page, actor.name):
                address = address_of(self.world, page, whose)
                for method in self._methods(page, actor.name, whose):
                    yield Visit(page, actor, whose, method, address)

    def _methods(self, page: Expected, actor: str, whose: str) -> tuple[str, ...]:
        """Every method for the first row; for the others what tells more. A page that is not there has no methods."""
        if whose == page.whose[0]:
            return METHODS if page.lets_in_at_all(actor) or actor in TRY_ANYTHING else METHODS[:2]
        return METHODS[:2] if page.lets_in_at_all(actor) else METHODS[:1]

    def _whose(self, page: Expected, actor: str) -> tuple[str, ...]:
        if all(kind.startswith("=") for kind in page.arguments.values()):
            return page.whose
        # Whoever gets in nowhere is turned away before the row matters: one row and none show that.
        rows = page.whose if page.lets_in_at_all(actor) else page.whose[:1]
        crossed = ("crossed",) if len(_personal(page)) > 1 and page.lets_in_at_all(actor) else ()
        sealed = ("earlier",) if page.lets_in_at_all(actor) and self._meets_sealed(page, actor) else ()
        return (*rows, *crossed, *sealed, "absent")

    def _meets_sealed(self, page: Expected, actor: str) -> bool:
        others = [kind for kind in page.arguments.values() if kind != "child" and not kind.startswith("=")]
        asked = "child" in page.arguments.values() and all("own" in self.world.rows[kind] for kind in others)
        return asked and actor != OPENS_SEALED

    def _judge(self, visit: Visit) -> Iterator[str]:
        answer = self._open(visit)
        if visit.page.lets_in(visit.actor.name, visit.whose) and visit.method in visit.page.only_by:
            yield from self._judge_entered(visit, answer)
        else:
            yield from self._judge_refused(visit, answer)
        yield from self._judge_canaries(visit, answer)
        yield from self._judge_headers(visit, answer)

    def _judge_entered(self, visit: Visit, answer: Answer) -> Iterator[str]:
        turned_away = answer.status in (301, 302, 303) and answer.location.startswith(DOOR)
        if (
            answer.status >= 500
            or turned_away
            or (visit.method == "GET" and answer.status not in (200, 302, 303))
        ):
            yield f"should get in, and was answered {answer.status} {answer.location}"
        record = [table for table in answer.written if table not in (*MACHINERY, *TRAIL)]
        if visit.method != "POST" and any(_kept(table) for table in record):
            yield f"only a form may change the record, and this changed {sorted(set(record))}"
        elif any(_kept(table) for table in record) and not answer.events:
            yield f"changed {sorted(set(record))} and left no event in the trail"
        seen = self.world.cage.found_in(answer.body.decode(errors="replace"))
        named = {_child_of(canary.subject) for canary in seen if canary.place not in NAMELESS}
        for child in named & set(FAMILIES):
            if self.world.key("child", child) not in answer.looked_at:
                yield f"shows {child!r} and left no look in the trail"
        withheld = visit.method == "GET" and visit.whose in visit.page.withholds.get(visit.actor.name, ())
        if withheld and not any(words in _text(answer) for words in WITHHELD):
            yield "does not say in words what is withheld"

    def _judge_refused(self, visit: Visit, answer: Answer) -> Iterator[str]:
        # A look that was refused may stand in the trail: that somebody tried is worth knowing.
        changed = [table for table in answer.written if table not in (*MACHINERY, *TRAIL)]
        if changed or answer.events:
            yield f"may not, and wrote to {sorted(set(changed))}, leaving {answer.events} events"
        if visit.actor.name == "anonymous":
            if answer.status not in (302, 404) or (
                answer.status == 302 and not answer.location.startswith(DOOR)
            ):
                yield f"should be shown the door, and was answered {answer.status} {answer.location}"
        elif self._stopped_half_way(visit):
            if answer.status != 302 or not answer.location.startswith(SECOND_STEP):
                yield f"should be asked for the second step, and was answered {answer.status} {answer.location}"
        elif (found := _face(answer)) != (expected := self._nothing(visit)):
            how = "other words" if found[0] == expected[0] else f"{found[0]} {answer.location}"
            yield f"should be answered as if there were nothing there, and was answered {how}"

    def _stopped_half_way(self, visit: Visit) -> bool:
        closed = "everyone" not in visit.page.enters
        theirs = visit.page.every_portal or visit.page.lets_in_at_all("admissions_manager")
        return visit.actor.name == "half_in" and closed and theirs

    def _nothing(self, visit: Visit) -> tuple[int, bytes]:
        """What the same person is told of an address that has never existed, right beside this one."""
        key = (visit.actor.name, visit.page.name)
        if key not in self.nothing_there:
            address = f"{visit.address.rstrip('/')}-nothing/"
            nowhere = Visit(visit.page, visit.actor, "nothing", "GET", address)
            self.nothing_there[key] = _face(self._open(nowhere))
        return self.nothing_there[key]

    def _judge_canaries(self, visit: Visit, answer: Answer) -> Iterator[str]:
        name, cage = visit.actor.name, self.world.cage
        leaving = {"the page": answer.body.decode(errors="replace"), "headers or cookies": answer.outside}
        for where, text in leaving.items():
            for canary in sorted(cage.found_in(text), key=str):
                if not self.known.may_see(name, visit.page, canary.subject, canary.category):
                    yield f"{canary} came out in {where}"
        for canary in cage.found_in(answer.log):
            yield f"{canary} came out in the log"
        for to, words in answer.messages:
            reader = self._reader(to)
            for canary in cage.found_in(words):
                if reader != canary.subject and not self.known.grants.get(reader, {}).get(canary.subject):
                    yield f"{canary} was written to {reader or to}"

    def _reader(self, email: str) -> str:
        users = self.world.users.items()
        return next((name for name, user in users if user.email == email), "")

    def _judge_headers(self, visit: Visit, answer: Answer) -> Iterator[str]:
        headers = answer.response.headers
        if visit.actor.name != "anonymous" and "no-store" not in headers.get("Cache-Control", ""):
            yield "is not marked no-store, so that a shared computer would keep it"
        if "Content-Security-Policy" not in headers:
            yield "has no content security policy"
        if headers.get("Content-Type", "").startswith("text/html") and (
            found := INLINE.search(_text(answer))
        ):
            yield f"has inline script or style: {found.group()!r}"

    def _open(self, visit: Visit) -> Answer:
        """Open it, gather what happened, and undo it."""
        with transaction.atomic(), writes() as written, log() as said:
            before = Message.objects.count() if visit.method == "POST" else 0
            try:
                response = visit.actor.client.generic(visit.method, visit.address)
            except Exception as fault:
                response = HttpResponse(f"{type(fault).__name__}: {fault}", status=500)
            events = (
                Event.objects.filter(session=visit.actor.mark) if visit.actor.mark else Event.objects.none()
            )
            acts = events.filter(looked=False).count() if visit.method == "POST" else 0
            looks = Line.objects.filter(event__in=events.filter(looked=True)).values_list(
                "child_id", flat=True
            )
            looked_at = set(looks) if visit.actor.mark else set()
            new = max(0, Message.objects.count() - before) if visit.method == "POST" else 0
            written_to = Message.objects.select_related("adult", "user").order_by("-written_at", "-id")
            letters = written_to[:new] if new else []
            messages = [(_email_of(m), f"{m.subject} {m.body} {m.blocks}") for m in letters]
            answer = Answer(response, written, looked_at, acts, messages, "\n".join(said))
            transaction.set_rollback(True)
        return answer


def _email_of(message: Message) -> str:
    """Who a message is for: by address, or the person whose address is found when it is sent."""
    person = message.adult or message.user
    return message.to or (person.email if person else "")


def address_of(world: World, page: Expected, whose: str) -> str:
    """A page's address for somebody's rows: ``absent`` asks for what nobody has, ``crossed`` mixes two families'."""
    arguments: dict[str, Any] = {}
    for name, kind in page.arguments.items():
        if kind.startswith("="):
            arguments[name] = kind[1:]
        elif whose == "absent" and kind in ("round_code", "import_kind"):
            arguments[name] = "nothing-2001"
        elif whose == "absent":
            arguments[name] = uuid4()
        else:
            asked = whose
            if whose == "crossed":
                first = name == _personal(page)[0] or kind not in PERSONAL
                asked = "own" if first else _anothers(world.rows[kind])
            rows = world.rows[kind]
            arguments[name] = getattr(
                rows.get(asked, rows.get("own")), "pk", rows.get(asked, rows.get("own"))
            )
    return reverse(page.name, kwargs=arguments)


def _personal(page: Expected) -> list[str]:
    return [name for name, kind in page.arguments.items() if kind in PERSONAL]


def _anothers(rows: dict[str, Any]) -> str:
    """Whose row is not `own`'s: `other`'s, or where there is none, somebody else's."""
    return "other" if "other" in rows else next(whose for whose in rows if whose != "own")


def _child_of(subject: str) -> str:
    return "own" if subject == "rival" else subject


def _kept(table: str) -> bool:
    """Whether a table is part of the record, rather than the machinery's own state."""
    return table not in (*MACHINERY, *TRAIL, "audit_savedonce", "work_piece", "outbox_delivery")


def _text(answer: Answer) -> str:
    return answer.body.decode(errors="replace")


def _face(answer: Answer) -> tuple[int, bytes]:
    """An answer as somebody sees it who compares two of them byte by byte."""
    return answer.status, MASKED.sub(b"", answer.body)

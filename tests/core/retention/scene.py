"""An old record with everything around it, each with a canary word, and another child beside it who stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection
from tests.support.people import TEST, make_user, viewer

from throughline.core.alerts.models import Alert
from throughline.core.audit.change import change
from throughline.core.audit.look import look
from throughline.core.documents.models import Document
from throughline.core.documents.storage import store
from throughline.core.messages.models import Delivery, Message
from throughline.core.organisations.models import School
from throughline.core.people.models import (
    Address,
    Adult,
    AdultResidence,
    Child,
    ContactLimit,
    Enrolment,
    Fact,
    FormerName,
    Identifier,
    Involvement,
    Residence,
    Sibling,
    Tie,
)
from throughline.core.people.search.index import refresh
from throughline.core.timeline.models import Entry

CANARY = "Quillaberry"
LONG_AGO = date(1990, 2, 3)


@dataclass
class Scene:
    child: Child
    other: Child
    mother: Adult
    father: Adult
    document: Document


def make_scene() -> Scene:
    """A child born in 1990 with a mother of their own, and a father and a home shared with a younger child."""
    young = make_user(portal="young_person", name=f"{CANARY} user", email=f"{CANARY}@example.org")
    parent = make_user(portal="family", name=f"{CANARY} mother", email=f"m{CANARY}@example.org")
    with change("a scene made", by=TEST, reason=f"{CANARY} was entered"):
        school = School.objects.create(urn="100009", la_code="999", name="Elm School", status="open")
        child = Child.objects.create(
            reference="C-OLD11", forename=CANARY, surname=f"{CANARY}s", born=LONG_AGO, upn="A123", user=young
        )
        mother = Adult.objects.create(forename=f"{CANARY}mum", surname="Gone", user=parent, phone=CANARY)
        home = Address.objects.create(lines=f"1 {CANARY} Road", postcode="WM1 1AA")
    with change("shared things", by=TEST):
        other = Child.objects.create(
            reference="C-NEW11", forename="Stays", surname="Here", born=date(2016, 1, 1)
        )
        father = Adult.objects.create(forename="Father", surname="Stays")
        shared = Address.objects.create(lines="2 Shared Road", postcode="WM1 1AB")
        Tie.objects.create(child=other, adult=father, kind="father")
        Residence.objects.create(child=other, address=shared, since=date(2016, 1, 1))
    document = _around(child, mother, father, home, shared, school)
    with change("linked", by=TEST):
        Sibling.objects.create(child=other, other=child, kind="half")
    refresh([child.pk, other.pk])
    look(viewer(), "the record", [child.pk], ["people.identity"])
    return Scene(child, other, mother, father, document)


def _around(
    child: Child, mother: Adult, father: Adult, home: Address, shared: Address, school: School
) -> Document:
    with change("everything around the child", by=TEST, reason=f"{CANARY}"):
        FormerName.objects.create(child=child, forename=f"{CANARY}old", surname="x")
        Identifier.objects.create(child=child, kind="nhs", value=CANARY, source=CANARY)
        tie = Tie.objects.create(child=child, adult=mother, kind="mother", evidence=CANARY)
        Tie.objects.create(child=child, adult=father, kind="father", evidence=CANARY)
        ContactLimit.objects.create(child=child, tie=tie, kind="other", evidence=CANARY)
        AdultResidence.objects.create(adult=mother, address=home, since=LONG_AGO)
        Residence.objects.create(child=child, address=home, since=LONG_AGO)
        Residence.objects.create(child=child, address=shared, since=LONG_AGO, evidence=CANARY)
        Enrolment.objects.create(child=child, school=school, since=LONG_AGO, left_because=CANARY)
        Fact.objects.create(child=child, kind="sen_support", source=CANARY, since=LONG_AGO)
        Involvement.objects.create(
            child=child, role="social_worker", name=CANARY, because=CANARY, since=LONG_AGO
        )
        Alert.objects.create(kind="x", child_id=child.pk, details={"said": CANARY}, key=CANARY)
        message = Message.objects.create(
            adult=mother, about_child=child, kind="x", subject=CANARY, body="", blocks=[CANARY], key=CANARY
        )
        sha = store([f"{CANARY} in a file".encode()])
        document = Document.objects.create(
            child=child, kind="report", name=f"{CANARY}.txt", media_type="text/plain", size=5, sha256=sha
        )
    Delivery.objects.create(message=message)
    Entry.append(
        child_id=child.pk,
        on=LONG_AGO,
        kind="x",
        facts={"n": CANARY},
        source=CANARY,
        written_by="x",
        key=CANARY,
    )
    return document


def whole_database() -> dict[str, str]:
    """Every letter of every table there is, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = " ".join(_said(value) for row in cursor.fetchall() for value in row)
    return found


def tables_with(word: str) -> list[str]:
    return sorted(name for name, said in whole_database().items() if word.casefold() in said.casefold())


def counted() -> dict[str, int]:
    return {m._meta.label: m._base_manager.count() for m in apps.get_models()}


def _said(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def person(*permissions: str) -> Any:
    """Somebody stored, who may do this."""
    return viewer(*permissions, user=make_user(*permissions))

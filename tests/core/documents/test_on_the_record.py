"""Documents on the record: several at once, versions, who reads and who adds, and that looking is recorded."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support import drawable

from throughline.core.access.models import User
from throughline.core.access.viewer import Refused, Viewer, viewer_for
from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.change import change
from throughline.core.audit.models import Event, Line
from throughline.core.documents.actions import (
    About,
    Overtaken,
    add_to_record,
    keep_document,
    replace_document,
)
from throughline.core.documents.looking_over import look_over, look_over_all
from throughline.core.documents.models import Document
from throughline.core.documents.of_record import document_of, documents_of, open_on_record, preview_on_record
from throughline.core.documents.previews import draw
from throughline.core.documents.queries import DocumentHeld
from throughline.core.people.models import Adult, Tie
from throughline.core.sharing.models import Override
from throughline.core.sharing.show import Sight
from throughline.core.timeline.models import Entry
from throughline.core.work.models import Piece

pytestmark = pytest.mark.django_db
LETTER = About("letter", "From the hospital", "en")


@pytest.fixture
def mother(child) -> Viewer:
    """Lives with the child, so she may contribute."""
    return relative(child, "mother@example.org", lives_with_child=True)


@pytest.fixture
def father(child) -> Viewer:
    """Responsible for the child, who lives elsewhere."""
    return relative(child, "father@example.org", parental_responsibility=True, lives_with_child=False)


def relative(child, email: str, **stands: bool) -> Viewer:
    user = User(email=email, name=email, portal="family")
    user.set_unusable_password()
    with change("family made", by=THROUGHLINE):
        user.save()
        adult = Adult.objects.create(forename="Rhian", surname="Begum", email=email, user=user)
        Tie.objects.create(child=child, adult=adult, kind="parent", **stands)
    return viewer_for(user)


def added(by: Viewer, child, *contents: bytes, about: About = LETTER) -> list[Document]:
    taken = [look_over("a.pdf", content) for content in contents or (drawable.pdf(),)]
    return add_to_record(by=by, child_id=child.pk, about=about, taken=taken)


def test_what_is_added_is_listed_newest_first_with_what_was_said_of_it(child, mother):
    added(mother, child)
    [second] = added(mother, child, drawable.pdf(2), about=About("report"))
    found = documents_of(mother, child.pk)
    assert [each.title for each in found.documents] == ["a.pdf", "From the hospital"]
    assert (found.documents[0].id, str(found.documents[0].kind_label)) == (second.pk, "Report")
    assert found.documents[1].language == "en"


def test_one_refused_file_of_several_takes_nothing_from_the_others(child, mother):
    fates = look_over_all([("a.pdf", drawable.pdf()), ("b.exe", b"MZ\x00"), ("c.txt", b"Words")])
    assert [(fate.name, fate.refused and fate.refused.code) for fate in fates] == [
        ("a.pdf", None),
        ("b.exe", "not_allowed"),
        ("c.txt", None),
    ]
    taken = [fate.taken for fate in fates if fate.taken]
    add_to_record(by=mother, child_id=child.pk, about=LETTER, taken=taken)
    assert len(documents_of(mother, child.pk).documents) == 2


def test_a_large_upload_is_looked_over_where_it_lies(child, mother, tmp_path, settings):
    settings.DOCUMENT_LIMIT_BYTES = 50_000_000
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(49_000_000)
        file.seek(0, 2)
        file.write(b"%%EOF\n")
    before = path.stat().st_size
    with path.open("rb+") as file:
        taken = look_over("large.pdf", file)
    assert taken.size == before
    [document] = add_to_record(by=mother, child_id=child.pk, about=LETTER, taken=[taken])
    opened = open_on_record(mother, document.pk)
    assert max(len(block) for block in opened.content) <= 1024 * 1024
    assert opened.headers["Content-Length"] == str(before)


def test_who_may_not_see_a_childs_documents_is_answered_as_if_there_were_no_child(child, mother, father):
    [document] = added(mother, child)
    answers = set()
    for ask in (
        lambda: documents_of(father, child.pk),
        lambda: documents_of(father, uuid4()),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        answers.add(str(refused.value))
    assert len(answers) == 1
    for ask in (document_of, open_on_record):
        with pytest.raises(Refused):
            ask(father, document.pk)
    with pytest.raises(Refused):
        preview_on_record(father, document.pk, 1)
    assert not Event.objects.filter(looked=True).exists()


def test_whoever_may_not_know_the_child_reads_no_document_though_its_kind_is_theirs(child, mother):
    (kept,) = added(mother, child, drawable.pdf())
    with change("test decision made", by=THROUGHLINE):
        Override.objects.create(
            child_id=child.pk,
            user_id=mother.user_id,
            category="people.identity",
            grants=False,
            reason="A test",
            state="approved",
            since=mother.on,
            until=mother.on,
        )
    for asked in (lambda: documents_of(mother, child.pk), lambda: document_of(mother, kept.pk)):
        with pytest.raises(Refused):
            asked()


def test_what_was_given_for_one_affair_is_not_on_the_record(child, mother):
    document = keep_document(by=mother, child=child, kind="letter", name="a.pdf", content=drawable.pdf())
    assert documents_of(mother, child.pk).documents == ()
    with pytest.raises(Refused):
        document_of(mother, document.pk)
    assert not Piece.objects.exists()


def test_only_who_may_contribute_adds_and_only_to_what_they_may(child, mother, father):
    for by, about in ((father, LETTER), (mother, About("court_order")), (mother, About("no_such_kind"))):
        with pytest.raises(Refused):
            added(by, child, about=about)
    with pytest.raises(Refused):
        add_to_record(by=mother, child_id=UUID(int=1), about=LETTER, taken=[])
    assert [kind.code for kind in documents_of(mother, child.pk).kinds] == [
        *("letter", "report", "proof", "childs_own", "other"),
    ]
    assert not Document.objects.exists()


def test_a_caseworker_with_leave_adds_what_they_may_see_and_an_officer_without_sees_nothing(child, viewer):
    caseworker = replace(viewer("documents.add"), roles=frozenset({"caseworker"}))
    [order] = added(caseworker, child, about=About("court_order"))
    assert document_of(caseworker, order.pk).may_replace
    looking = replace(caseworker, permissions=frozenset())
    assert documents_of(looking, child.pk).kinds == ()
    stranger = replace(caseworker, roles=frozenset({"police_officer"}))
    for ask, key in ((documents_of, child.pk), (document_of, order.pk)):
        with pytest.raises(Refused):
            ask(stranger, key)


def test_who_may_only_know_that_documents_exist_is_told_how_many(child, mother, viewer):
    added(mother, child)
    clerk = replace(viewer("documents.add"), roles=frozenset({"records_officer"}))
    found = documents_of(clerk, child.pk)
    assert (found.documents, found.withheld, found.kinds) == ((), 1, ())
    assert documents_of(mother, child.pk).withheld == 0


def test_a_document_is_read_under_the_category_of_its_kind(child, mother, viewer):
    caseworker = replace(viewer("documents.add"), roles=frozenset({"caseworker"}))
    [order] = added(caseworker, child, about=About("court_order"))
    [shown] = documents_of(caseworker, child.pk).documents
    assert str(shown.kind_label) == "Court order"
    assert Line.objects.get(event__looked=True).fields == ["people.identity", "people.orders"]
    assert documents_of(mother, child.pk).documents == ()
    with pytest.raises(Refused):
        open_on_record(mother, order.pk)


def test_a_newer_version_takes_the_place_and_the_old_one_is_kept_and_marked(child, mother):
    [first] = added(mother, child)
    second = replace_document(by=mother, document_id=first.pk, taken=look_over("b.pdf", drawable.pdf(2)))
    [listed] = documents_of(mother, child.pk).documents
    assert (listed.id, listed.version, listed.title) == (second.pk, 2, "From the hospital")
    old = document_of(mother, first.pk)
    assert (old.shown.current, old.may_replace) == (False, False)
    assert [(each.id, each.current) for each in old.versions] == [(second.pk, True), (first.pk, False)]
    assert b"".join(open_on_record(mother, first.pk).content) == drawable.pdf()


def test_two_people_replacing_at_once_lose_neither_version(child, mother):
    [first] = added(mother, child)
    replace_document(by=mother, document_id=first.pk, taken=look_over("b.pdf", drawable.pdf(2)))
    with pytest.raises(Overtaken):
        replace_document(by=mother, document_id=first.pk, taken=look_over("c.pdf", drawable.pdf(3)))
    assert Document.objects.filter(series=first.series, current=True).count() == 1


def test_the_childs_story_tells_of_documents_whose_title_its_readers_may_see(child, mother, viewer):
    [first] = added(mother, child)
    replace_document(by=mother, document_id=first.pk, taken=look_over("b.pdf", drawable.pdf(2)))
    caseworker = replace(viewer("documents.add"), roles=frozenset({"caseworker"}))
    added(caseworker, child, about=About("court_order", "An order"))
    lines = Entry.objects.filter(child_id=child.pk).order_by("pk")
    assert [(line.kind, line.facts["title"]) for line in lines] == [
        ("documents.added", "From the hospital"),
        ("documents.replaced", "From the hospital"),
    ]


def test_who_may_not_add_may_not_replace(child, mother, father):
    [first] = added(mother, child)
    with pytest.raises(Refused):
        replace_document(by=father, document_id=first.pk, taken=look_over("b.pdf", drawable.pdf(2)))
    assert Document.objects.get().current


def test_what_a_document_supports_goes_with_its_versions(child, mother):
    claim = uuid4()
    [first] = added(mother, child, about=About("proof", supports_label="admissions.claim", supports_id=claim))
    second = replace_document(by=mother, document_id=first.pk, taken=look_over("b.pdf", drawable.pdf(2)))
    assert (second.supports_label, second.supports_id) == ("admissions.claim", claim)
    added(mother, child, b"Something else")
    [listed] = documents_of(mother, child.pk, supports=("admissions.claim", claim)).documents
    assert listed.id == second.pk


def test_what_another_would_see_is_seen_through_their_eyes_and_the_look_is_the_borrowers(
    child, mother, father, viewer
):
    added(mother, child)
    officer = viewer("sharing.see_as", roles=["caseworker"])
    with pytest.raises(Refused):
        documents_of(officer, child.pk, sight=Sight(father, [child.pk], lent_to=officer))
    assert (
        len(documents_of(officer, child.pk, sight=Sight(mother, [child.pk], lent_to=officer)).documents) == 1
    )
    assert Event.objects.get(looked=True).actor_id == officer.user_id


def test_every_look_is_recorded(child, mother):
    [document] = added(mother, child)
    draw(document.sha256, document.media_type)
    documents_of(mother, child.pk)
    document_of(mother, document.pk)
    open_on_record(mother, document.pk)
    preview_on_record(mother, document.pk, 1)
    kinds = list(Event.objects.filter(looked=True).order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "documents of the record listed",
        "document of the record seen",
        "document opened",
        "document previewed",
    ]
    assert set(Line.objects.filter(event__looked=True).values_list("child_id", flat=True)) == {child.pk}


def test_a_preview_that_is_not_there_and_one_of_a_held_file_are_answered_alike(child, mother):
    [document] = added(mother, child)
    draw(document.sha256, document.media_type)
    assert preview_on_record(mother, document.pk, 1).suffix == ".png"
    with pytest.raises(Refused):
        preview_on_record(mother, document.pk, 2)
    with change("document scanned", by=THROUGHLINE):
        Document.objects.update(scan="waiting")
    with pytest.raises(Refused):
        preview_on_record(mother, document.pk, 1)
    with pytest.raises(DocumentHeld):
        open_on_record(mother, document.pk)
    assert document_of(mother, document.pk).preview == "held"


def test_a_preview_is_asked_for_once_the_file_may_be_opened(child, mother):
    added(mother, child)
    added(mother, child, b"Words")
    assert [piece.job for piece in Piece.objects.all()] == ["documents.preview"]


def test_a_list_of_any_length_costs_the_same(child, mother):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            documents_of(mother, child.pk)
        return len(asked)

    added(mother, child)
    one = cost()
    added(mother, child, *(b"Words %d" % at for at in range(20)))
    assert cost() == one

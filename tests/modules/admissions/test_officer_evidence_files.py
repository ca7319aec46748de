"""An officer sees and opens every file that came with an application as it was submitted, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support.admissions import World, small_world, staff_client
from tests.support.officers import OFFICER, client_of, member
from tests.support.parents import Parent, words

from throughline.core.audit.models import Event
from throughline.core.documents.models import Document
from throughline.modules.admissions.actions.applications import save_answers
from throughline.modules.admissions.models import Application, Claim

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def world() -> World:
    return small_world("open")


@pytest.fixture
def alma() -> Parent:
    return Parent("Alma Reed")


@pytest.fixture
def olwen(db: None) -> Any:
    return client_of(member(OFFICER, "Olwen Test"))


def sends(alma: Parent, application: Application, slug: str, *names: str) -> None:
    files = [SimpleUploadedFile(name, PDF + name.encode()) for name in names]
    alma.posts("my_papers", application.pk, slug, papers=files)


def told(alma: Parent, application: Application, world: World, facts: dict[str, dict[str, str]]) -> None:
    """What the family says, answered school by school, with three schools on the list."""
    application.refresh_from_db()
    wanted = [{"school": str(world.school(name).pk), "reasons": ""} for name in ("Wren", "Mill")]
    answered = {
        f"{fact.replace('_', '-')}-{world.school(name).urn}": {"answer": "yes", "words": said}
        for name, of in facts.items()
        for fact, said in of.items()
    }
    save_answers(
        by=alma.viewer,
        application=application,
        edition=application.edition,
        answers={
            "preferences": wanted,
            "answered": {
                "address": {"lives_here": "yes"},
                "care": {"care": "no"},
                f"sibling-{world.school('Wren').urn}": {"answer": "no"},
                f"sibling-{world.school('Mill').urn}": {"answer": "no"},
                f"social-medical-{world.school('Wren').urn}": {"answer": "no"},
                f"social-medical-{world.school('Mill').urn}": {"answer": "no"},
                **answered,
            },
            "facts": {str(world.school(name).pk): dict(of) for name, of in facts.items()},
        },
    )


def slug_at(world: World, name: str) -> str:
    return f"social-medical-{world.school(name).urn}"


@pytest.fixture
def application(world: World, alma: Parent) -> Application:
    """Two letters for Wren Hill and one for Mill Road, submitted; a fourth letter sent afterwards is not submitted."""
    made = alma.starts(alma.adds("Mina", world), world)
    need = {"social_medical": "She needs the ramp"}
    told(alma, made, world, {"Wren": need, "Mill": need})
    sends(alma, made, slug_at(world, "Wren"), "doctor.pdf", "school nurse.pdf")
    sends(alma, made, slug_at(world, "Mill"), "therapist.pdf")
    assert alma.posts("my_check", made.pk).url == reverse("admissions.my_receipt", args=[made.pk])
    sends(alma, made, slug_at(world, "Wren"), "not yet.pdf")
    made.refresh_from_db()
    return made


def claim_page(application: Application, world: World, name: str) -> str:
    claim = Claim.objects.get(application=application, school=world.school(name), fact="social_medical")
    return reverse("admissions.evidence_claim", args=[application.round_id, claim.pk])


def file_page(application: Application, name: str) -> str:
    return reverse("admissions.case_file", args=[application.pk, Document.objects.get(name=name).pk])


def test_the_evidence_page_opens_every_file_of_the_claim_and_no_other(
    world: World, application: Application, olwen: Any
) -> None:
    page = olwen.get(claim_page(application, world, "Wren"))
    for name in ("doctor.pdf", "school nurse.pdf"):
        assert f"Open {name}" in words(page)
        assert file_page(application, name) in page.content.decode()
        assert olwen.get(file_page(application, name))["Content-Disposition"].startswith("attachment")
    assert "therapist.pdf" not in words(page)
    assert "Open therapist.pdf" in words(olwen.get(claim_page(application, world, "Mill")))


def test_the_application_page_lists_every_file_and_what_it_is_to_show(
    application: Application, olwen: Any
) -> None:
    page = olwen.get(reverse("admissions.case", args=[application.pk]))
    assert "2 files" in words(page)
    for name in ("doctor.pdf", "school nurse.pdf", "therapist.pdf"):
        assert file_page(application, name) in page.content.decode()


def test_a_file_not_yet_submitted_is_the_familys_own(
    world: World, application: Application, olwen: Any
) -> None:
    assert "not yet.pdf" not in words(olwen.get(claim_page(application, world, "Wren")))
    assert "not yet.pdf" not in words(olwen.get(reverse("admissions.case", args=[application.pk])))
    assert olwen.get(file_page(application, "not yet.pdf")).status_code == 404


def test_a_file_for_what_is_no_longer_claimed_is_still_listed(
    world: World, application: Application, alma: Parent, olwen: Any
) -> None:
    told(alma, application, world, {"Wren": {"social_medical": "She needs the ramp"}})
    alma.posts("my_check", application.pk)
    assert not Claim.objects.filter(application=application, school=world.school("Mill")).exists()
    page = olwen.get(reverse("admissions.case", args=[application.pk]))
    assert "therapist.pdf" in words(page)
    assert "Nothing that is claimed now" in words(page)
    assert olwen.get(file_page(application, "therapist.pdf")).status_code == 200


def test_each_look_at_files_is_recorded(world: World, application: Application, olwen: Any) -> None:
    def looks(kind: str) -> int:
        return Event.objects.filter(kind=kind, looked=True, actor_label="Olwen Test").count()

    olwen.get(claim_page(application, world, "Wren"))
    assert looks("documents listed") == 1
    for name in ("doctor.pdf", "school nurse.pdf"):
        olwen.get(file_page(application, name))
    assert looks("document opened") == 2


def test_nobody_opens_a_file_without_leave_or_through_another_application(
    world: World, application: Application, alma: Parent, olwen: Any
) -> None:
    path = file_page(application, "school nurse.pdf")
    assert staff_client("admissions.see_applications").get(path).status_code == 404
    assert staff_client("admissions.see_rounds").get(path).status_code == 404
    sister = alma.applies(alma.adds("Nora", world), world, "Wren")
    document = Document.objects.get(name="school nurse.pdf")
    assert olwen.get(reverse("admissions.case_file", args=[sister.pk, document.pk])).status_code == 404

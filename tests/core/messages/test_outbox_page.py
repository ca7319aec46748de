"""Who is shown what was written."""

from __future__ import annotations

from uuid import UUID

import pytest

from throughline.core.access.viewer import Refused
from throughline.core.audit.actor import THROUGHLINE
from throughline.core.messages.actions import ACCOUNT, write
from throughline.core.messages.queries import message, outbox_page

pytestmark = pytest.mark.django_db


class Officer:
    actor_label, actor_id = "Priya Nair", UUID(int=7)

    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions

    def may(self, permission: str) -> bool:
        return permission in self.permissions


@pytest.fixture(autouse=True)
def _written():
    for kind, to, body in (
        ("admissions.offer", "amina@example.org", "An offer"),
        (ACCOUNT, "tom@example.org", "482913"),
    ):
        write(by=THROUGHLINE, kind=kind, to=to, subject="Hello", body=body, key=f"{kind}:{to}")


def test_in_a_demonstration_anyone_sees_every_message_and_its_code(settings):
    settings.DEMONSTRATION = True
    page = outbox_page(None)
    assert {line.body for line in page.lines} == {"An offer", "482913"}
    assert (page.total, page.number, page.pages) == (2, 1, 1)
    assert [line.to for line in outbox_page(None, to="TOM@example.org").lines] == ["tom@example.org"]


def test_elsewhere_nobody_without_the_permission_sees_any(settings):
    settings.DEMONSTRATION = False
    for viewer in (None, Officer()):
        with pytest.raises(Refused):
            outbox_page(viewer)
        with pytest.raises(Refused):
            message(viewer, UUID(int=1))


def test_an_officer_sees_messages_and_never_a_code_for_signing_in(settings):
    settings.DEMONSTRATION = False
    lines = outbox_page(Officer("messages.see")).lines
    assert "An offer" in {str(line.body) for line in lines}
    assert "482913" not in str([str(line.body) for line in lines])


def test_a_page_costs_the_same_queries_however_many_messages(settings, django_assert_num_queries):
    settings.DEMONSTRATION = True
    for number in range(20):
        write(by=THROUGHLINE, kind="x", to="a@example.org", subject="s", body="b", key=f"n{number}")
    with django_assert_num_queries(2):
        assert len(outbox_page(None).lines) == 22

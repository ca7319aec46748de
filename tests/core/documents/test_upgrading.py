"""Documents kept before there were versions go on as the first version of a document of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from throughline.core.documents.models import Document

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(name: str):
    executor = MigrationExecutor(connection)
    executor.migrate([("documents", name)])
    return executor.loader.project_state([("documents", name), ("people", "0001_initial")]).apps


def test_documents_from_before_are_each_the_first_version_of_their_own_and_not_on_the_record(child):
    before = migrate("0001_initial")
    try:
        for at in (1, 2):
            before.get_model("documents", "Document").objects.create(
                id=UUID(int=at), child_id=child.pk, kind="proof_of_address", name="a.pdf", media_type="x",
                size=1, sha256="0" * 64, uploaded_at=datetime(2026, 1, 1, tzinfo=UTC),
            )  # fmt: skip
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    found = Document.objects.order_by("pk").values_list("series", "version", "current", "on_record")
    assert list(found) == [(UUID(int=at), 1, True, False) for at in (1, 2)]

"""Two officers merge at the same moment: one of them does, the other is told, and no record points in a circle."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection
from tests.support.people import TEST
from tests.support.people import viewer as viewer_with

from throughline.core.people.actions import ChildDetails, add_child
from throughline.core.people.merging import MergeRefused, merge_records
from throughline.core.people.models import Child, Merge

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def test_two_who_keep_one_anothers_record_do_not_both() -> None:
    one, other = (
        add_child(by=TEST, details=ChildDetails(name, "Rees", date(2015, 3, 2))) for name in ("Mia", "Miya")
    )
    together, said = threading.Barrier(2), []

    def merge(kept: Child, gone: Child) -> None:
        officer = viewer_with("people.merge")
        together.wait(timeout=30)
        try:
            merge_records(by=officer, kept_id=kept.pk, gone_id=gone.pk, reason="One birth certificate")
            said.append("merged")
        except MergeRefused as problem:
            said.append(type(problem).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(said) == ["MergeRefused", "merged"]
    assert Child.objects.filter(merged_into__isnull=True).count() == 1
    assert Merge.objects.count() == 1

"""Emptying the test database although the trail forbids it."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations

from throughline.core.audit.database import allow_changes, forbid_changes

_flush = BaseDatabaseOperations.execute_sql_flush


def let_flushes_empty_the_trail() -> None:
    """Lift the trail's triggers around Django's flush, and only there: the tests themselves keep them."""

    def flush(self: Any, sql_list: Any) -> Any:
        allow_changes(self.connection)
        try:
            return _flush(self, sql_list)
        finally:
            forbid_changes(self.connection)

    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]

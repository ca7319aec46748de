"""Reading a column of written JSON as the very text that was written."""

from __future__ import annotations

from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast


def raw_text(column: str) -> Any:
    return Cast(column, TextField())

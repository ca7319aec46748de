"""Making a file's text fit the table: what is too long is cut, and the finding says so."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models

from throughline.formats.reading import Finding


@cache
def _lengths(table: type[models.Model]) -> dict[str, int]:
    return {
        field.attname: field.max_length
        for field in table._meta.concrete_fields
        if isinstance(field, models.CharField) and field.max_length
    }


def fit(
    table: type[models.Model], values: dict[str, Any], which: str, findings: list[Finding]
) -> dict[str, Any]:
    """The values as the table can hold them.

    Args:
        table: where they will be written.
        values: by field name.
        which: how the finding names the row, such as its URN.
        findings: gains a warning for each text that was cut.
    """
    lengths = _lengths(table)
    for name, value in values.items():
        length = lengths.get(name)
        if length is not None and isinstance(value, str) and len(value) > length:
            values[name] = value[:length].rstrip()
            findings.append(Finding("warn", 0, name, "too_long", f"{which}: {value}"[:300], values[name]))
    return values

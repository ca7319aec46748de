"""Taking the bytes of disposed records from the disk, once no row needs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .models import Document, KeptFile
from .previews import forget
from .storage import path_of

TABLES: tuple[Any, ...] = (Document, KeptFile)


def hashes_of(rows: Mapping[Any, Iterable[Any]]) -> list[str]:
    """The hashes of the files that belong to these rows, by table."""
    found: set[str] = set()
    for table in TABLES:
        found |= set(table.objects.filter(pk__in=list(rows.get(table, ()))).values_list("sha256", flat=True))
    return sorted(found)


def forget_files(names: Iterable[str]) -> None:
    """Remove files and their previews, unless another row has the same bytes. Again is harmless."""
    for name in names:
        if not any(table.objects.filter(sha256=name).exists() for table in TABLES):
            path_of(name).unlink(missing_ok=True)
            forget(name)

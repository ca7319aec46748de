"""Bringing a file in: refused with a reason, or applied with every difference and finding counted."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from throughline.formats.reading import FileRefused

from ..audit.actor import Actor, require
from ..audit.change import change
from ..registry.assembly import installed
from ..registry.imports import Counts
from ..registry.sockets import ImportKind
from .models import Import
from .module import IMPORT

FINDINGS_KEPT = 1_000


def import_file(
    *, by: Actor, kind: str, name: str, data: bytes, options: Mapping[str, str] | None = None
) -> Import:
    """Bring in one file, and keep what became of it.

    Either the whole file is applied in one transaction or nothing of it is. The same file a second time writes nothing
    but the row that says so.

    Args:
        by: who brings it in; needs leave to import and leave to keep what the file holds.
        kind: a code from the registry, such as ``gias``.
        name: what the file is called.
        data: its bytes.
        options: what the kind lets people choose, by name.

    Returns:
        the kept row. A file that is not what it claims gives ``state == "refused"`` and its reason in ``refusal``.

    Raises:
        Refused: the actor may not do this.
        ValidationError: there is no such kind or option.
    """
    require(by, IMPORT)
    wanted = _kind(kind)
    require(by, wanted.permission)
    chosen = _options(wanted, options or {})
    row = Import(
        kind=wanted.code,
        file_name=_plain_name(name),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        received_by=by.actor_label[:200],
        options=chosen,
    )
    apply = import_string(wanted.apply)
    # One transaction: what the file changed and the row that says so stand or fall together.
    try:
        with change("file brought in", by=by):
            counts: Counts = apply(data, by=by, options=chosen)
            _applied(row, counts)
            row.save()
    except FileRefused as refused:
        row.state = Import.State.REFUSED
        row.refused_because = {
            "code": refused.code,
            "detail": {k: list(v) for k, v in refused.detail.items()},
        }
        with change("file refused", by=by):
            row.save()
    return row


def _kind(code: str) -> ImportKind:
    kinds = installed().imports
    if code in kinds:
        return kinds[code]
    near = difflib.get_close_matches(code, list(kinds), n=1)
    if near:
        raise ValidationError(
            _("There is no kind of file called “%(code)s”. Did you mean “%(near)s”?"),
            params={"code": code, "near": near[0]},
        )
    raise ValidationError(
        _("There is no kind of file called “%(code)s”. You can bring in: %(kinds)s."),
        params={"code": code, "kinds": ", ".join(sorted(kinds))},
    )


def _options(kind: ImportKind, options: Mapping[str, str]) -> dict[str, str]:
    for name in options:
        if name not in kind.options:
            raise ValidationError(
                _("“%(name)s” cannot be chosen for this kind of file. You can choose: %(options)s."),
                params={"name": name, "options": ", ".join(kind.options) or _("nothing")},
            )
    return {name: value.strip() for name, value in options.items() if value.strip()}


def _applied(row: Import, counts: Counts) -> None:
    row.rows = counts.rows
    row.added, row.changed = counts.added, counts.changed
    row.unchanged, row.rejected = counts.unchanged, counts.rejected
    row.state = Import.State.APPLIED if counts.added or counts.changed else Import.State.UNCHANGED
    # What was left out comes first, so that it is kept when there are more findings than can be.
    ordered = sorted(counts.findings, key=lambda finding: finding.severity != "reject_row")
    row.findings = [_storable(asdict(finding)) for finding in ordered[:FINDINGS_KEPT]]
    row.findings_in_all = len(counts.findings)


def _storable(finding: dict[str, Any]) -> dict[str, Any]:
    """Texts as every database can hold them: cut to a length, without the NUL that PostgreSQL refuses."""
    return {k: v[:300].replace("\x00", "") if isinstance(v, str) else v for k, v in finding.items()}


def _plain_name(name: str) -> str:
    """The file's own name, without the folders some browsers send."""
    return name.replace("\\", "/").rpartition("/")[2].replace("\x00", "").strip()[:200] or _("no name")

"""Writing a school's arrangements. Nothing is saved until “Save”; until then the page itself carries the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.rules.allocation.presets import arrangement_from_preset
from throughline.web.components.parts import Link
from throughline.web.portals.saving import save_once

from ...actions.arrangements import ArrangementsRefused, Overtaken, save_arrangements
from ...forms.arrangements import ArrangementsForm
from ...forms.arrangements_draft import (
    Draft,
    DraftLost,
    add_name,
    change_draft,
    draft_of,
    read_draft,
)
from ...queries.arrangements_desk import (
    School,
    area_names,
    compared,
    findings_of,
    latest_version,
    school_on_desk,
)
from ...queries.rounds import Round, round_by_id
from ...wording.code_findings import finding_words
from ...wording.criteria import criterion_words, who_words
from ...wording.presets import PRESET_WORDS
from ...wording.statement import order_words, statement_lines, statement_parts


def edit(request: HttpRequest, round_id: UUID, school_id: UUID) -> HttpResponse:
    """The editor: begin from what is in force or from a preset, change, check, save."""
    viewer = request.viewer  # type: ignore[attr-defined]
    round = round_by_id(viewer, round_id)
    school = school_on_desk(viewer, round, school_id)
    if request.method != "POST":
        return _show(request, round, school, _begin(request, round, school))
    try:
        draft = read_draft(request.POST.get("draft", ""))
    except DraftLost:
        messages.warning(
            request, _("What this page sent could not be read, so nothing was saved. Begin again from here.")
        )
        return _show(request, round, school, _begin(request, round, school))
    form = ArrangementsForm(draft, area_names(), request.POST)
    valid = form.is_valid()
    form.put_into_draft()
    do = request.POST.get("do", "check")
    if do == "save" and valid:
        return _save(request, round, school, draft)
    if do in ("save", "check"):
        return _show(request, round, school, draft, sent=form, checked=True)
    _alter(form, do)
    return _show(request, round, school, draft, sent=form)


def _begin(request: HttpRequest, round: Round, school: School) -> Draft:
    here = latest_version(request.viewer, round, school.pk)  # type: ignore[attr-defined]
    version = here.row.version if here else 0
    resolves = dict(here.row.resolves) if here else {}
    preset = request.GET.get("preset", "")
    if here and preset not in PRESET_WORDS:
        return draft_of(here.arrangement, resolves, version)
    given = {"admission_number": here.row.admission_number} if here else {}
    code = preset if preset in PRESET_WORDS else "community_primary"
    return draft_of(arrangement_from_preset(code, **given), resolves, version)


def _alter(form: ArrangementsForm, do: str) -> None:
    given = form.cleaned_data
    change_draft(form.written, do, given.get("new_criterion", ""), given.get("new_share", ""))
    if do == "add_name" and given.get("new_name_kind"):
        add_name(form.written, given["new_name_kind"], given.get("new_name", ""))


def _save(request: HttpRequest, round: Round, school: School, draft: Draft) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]

    def act() -> str:
        row, findings = save_arrangements(
            by=viewer,
            round=round,
            school=school,
            data=draft.data,
            resolves=draft.resolves,
            after_version=draft.after_version,
        )
        said = {"version": row.version, "school": school.name}
        messages.success(request, _("Version %(version)s for %(school)s is saved and in force.") % said)
        for each in findings:
            messages.warning(request, finding_words(each, draft.arrangement).whole)
        return reverse("admissions.arrangements_school", args=[round.pk, school.pk])

    try:
        return save_once(request, act)
    except ArrangementsRefused as refused:
        problems = [finding_words(each, draft.arrangement).whole for each in refused.findings]
        return _show(request, round, school, draft, problems=problems, checked=True)
    except ValidationError as refusal:
        return _show(request, round, school, draft, problems=refusal.messages, checked=True)
    except Overtaken:
        return _overtaken(request, round, school, draft)


def _overtaken(request: HttpRequest, round: Round, school: School, draft: Draft) -> HttpResponse:
    """Somebody saved meanwhile: both are shown, and saving again puts this one after theirs."""
    theirs = latest_version(request.viewer, round, school.pk)  # type: ignore[attr-defined]
    assert theirs is not None
    problem = _(
        "%(name)s saved version %(version)s while you were writing, so yours was not saved. What differs is below. "
        "Change yours if you need to, and save again: theirs is kept as a version."
    ) % {"name": theirs.row.saved_by, "version": theirs.row.version}
    draft.after_version = theirs.row.version
    differences = compared(statement_lines(theirs.arrangement), statement_lines(draft.arrangement))
    return _show(request, round, school, draft, problems=[problem], checked=True, differences=differences)


def _show(
    request: HttpRequest,
    round: Round,
    school: School,
    draft: Draft,
    *,
    sent: ArrangementsForm | None = None,
    problems: Sequence[str] = (),
    checked: bool = False,
    differences: Any = None,
) -> HttpResponse:
    form = _form(draft, sent, problems, checked)
    view = {
        "round": round,
        "school": school,
        "form": form,
        "draft": draft,
        "criteria": _criteria(draft),
        "shares": _shares(draft, form),
        "names": [form[name] for name in form.fields if name.startswith("name-")],
        "definitions": form.group("define-"),
        "sources": form.group("source-"),
        "who": form.group("who-"),
        "who_for": _edited_words(draft),
        "presets": list(PRESET_WORDS.items()),
        "checked": checked,
        "refused": bool(problems),
        "differences": differences,
        "crumbs": [
            Link(_("Arrangements"), reverse("admissions.arrangements")),
            Link(round.name, reverse("admissions.arrangements_round", args=[round.pk])),
            Link(school.name, reverse("admissions.arrangements_school", args=[round.pk, school.pk])),
        ],
    }
    if checked:
        arrangement = draft.arrangement
        view["findings"] = [finding_words(each, arrangement) for each in findings_of(arrangement)]
        view["parts"] = statement_parts(arrangement)
    return render(request, "admissions/arrangements/edit.html", view)


def _form(
    draft: Draft, sent: ArrangementsForm | None, problems: Sequence[str], checked: bool
) -> ArrangementsForm:
    """The form of the draft as it now is, with what could not be read back in its boxes and said."""
    form = ArrangementsForm(draft, area_names())
    form.cleaned_data = {}
    for problem in problems:
        form.add_error(None, problem)
    for name, errors in sent.errors.items() if sent else ():
        if name in form.fields:
            form.initial[name] = sent.data.get(name) if sent else None
            if checked:
                form.add_error(name, [str(error) for error in errors])
    return form


def _criteria(draft: Draft) -> list[dict[str, Any]]:
    arrangement = draft.arrangement
    return [
        {
            "at": at,
            "key": f"criteria:{at}",
            "number": at + 1,
            "words": criterion_words(each, arrangement),
            "order": order_words(each.tie_break),
            "first": at == 0,
            "last": at == len(arrangement.criteria) - 1,
        }
        for at, each in enumerate(arrangement.criteria)
    ]


def _shares(draft: Draft, form: ArrangementsForm) -> list[dict[str, Any]]:
    arrangement = draft.arrangement
    return [
        {
            "key": f"quotas:{at}",
            "number": at + 1,
            "words": who_words(each.who, arrangement.details),
            "boxes": form.group(f"share-{at}-"),
            "own": [criterion_words(inner, arrangement) for inner in each.criteria],
        }
        for at, each in enumerate(arrangement.quotas)
    ]


def _edited_words(draft: Draft) -> str:
    kind, _colon, at = draft.editing.partition(":")
    if draft.edited is None:
        return ""
    number = {"number": int(at) + 1}
    return (
        _("Who criterion %(number)s is for") % number
        if kind == "criteria"
        else _("Who share %(number)s of the places is for") % number
    )

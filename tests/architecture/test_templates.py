"""Pages: whose templates they use, that their words can be translated, and that their links lead somewhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver
from tests.support.tree import SOURCE, first_arguments, name_of, python_files, templates, untranslated

USED = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
LINKED = re.compile(r"{%\s*url\s+[\"']([^\"']+)[\"']")
INLINE = re.compile(r"\sstyle=|<style\b|\son[a-z]+=[\"']|<script(?![^>]*\bsrc=)", re.IGNORECASE)
# The gallery shows developers the components with invented content; no user meets it.
FOR_DEVELOPERS = "gallery"
# Names of cookies, which are the same in every language.
COOKIES = {"sessionid", "csrftoken", "django_language", "messages"}
# Registered only in a demonstration, which the tests are not; each is linked to under that same condition.
DEMONSTRATION_ONLY = {
    "portals.demonstration",
    "portals.demonstration_file",
    "portals.outbox",
    "correspondence.letter_shown",
}
MODULES = {p.name for p in (SOURCE / "modules").iterdir() if p.is_dir()}


def _for_developers(path: Path) -> bool:
    return FOR_DEVELOPERS in (path.stem, path.parent.name)


def _owner(path: Path) -> str:
    parts = path.relative_to(SOURCE).parts
    return parts[1] if parts[0] == "modules" else ""


@cache
def _names() -> frozenset[str]:
    """Every name that an address can be asked for by."""

    def walk(resolver: URLResolver, prefix: str) -> set[str]:
        found: set[str] = set()
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                found |= walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
            elif entry.name:
                found.add(prefix + entry.name)
        return found

    return frozenset(walk(get_resolver(), ""))


def _strangers(owner: str, template: str) -> list[str]:
    """The templates of other modules that a module's template uses."""
    folders = {used: used.partition("/")[0] for used in USED.findall(template)}
    return [used for used, folder in folders.items() if folder in MODULES - {owner}]


def test_a_modules_template_uses_its_own_and_the_webs_only() -> None:
    used = {name_of(p): _strangers(_owner(p), p.read_text("utf-8")) for p in templates() if _owner(p)}
    assert {path: strangers for path, strangers in used.items() if strangers} == {}


def test_a_template_of_another_module_is_noticed() -> None:
    stranger = sorted(MODULES)[0]
    line = f'{{% extends "components/base.html" %}}{{% include "{stranger}/part.html" %}}'
    assert _strangers("another", line) == [f"{stranger}/part.html"]
    assert _strangers(stranger, line) == []


@pytest.mark.parametrize("path", [p for p in templates() if not _for_developers(p)], ids=name_of)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    assert set(untranslated(path.read_text("utf-8"))) - COOKIES == set()


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_template_has_no_inline_script_or_style(path: Path) -> None:
    assert INLINE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_link_of_a_template_leads_somewhere(path: Path) -> None:
    assert set(LINKED.findall(path.read_text("utf-8"))) - _names() - DEMONSTRATION_ONLY == set()


def test_every_address_asked_for_in_code_exists() -> None:
    asked = {
        f"{name_of(path)}:{line} {name}"
        for path in python_files()
        for line, name in first_arguments(path, {"reverse", "reverse_lazy", "redirect"})
        if name not in _names() | DEMONSTRATION_ONLY and not name.startswith("/")
    }
    assert asked == set()


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Save</p>", ["Save"]),
        ('<p>{% translate "Save" %}</p>', []),
        ("{% blocktranslate %}Save {{ n }} now{% endblocktranslate %}", []),
        ('<img alt="A school">', ["A school"]),
        ("<p class='big > small'>{{ name }} &ndash; {# a note #}</p>", []),
    ],
)
def test_words_that_nobody_could_translate_are_found(template: str, found: list[str]) -> None:
    assert untranslated(template) == found

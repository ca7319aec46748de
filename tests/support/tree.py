"""The source tree as the architecture tests see it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .surroundings import ROOT

SOURCE = ROOT / "src/throughline"
MIGRATIONS = "migrations"


def python_files(under: Path = SOURCE) -> list[Path]:
    """Our Python files, generated migrations left out."""
    return sorted(p for p in under.rglob("*.py") if MIGRATIONS not in p.parts)


def templates(under: Path = SOURCE) -> list[Path]:
    """Every page and part of a page."""
    return sorted(under.glob("**/templates/**/*.html"))


def name_of(path: Path) -> str:
    """How a file is named in a failure."""
    return str(path.relative_to(ROOT))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports_inside_functions(path: Path) -> Iterator[int]:
    """The lines on which a function imports something."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield inner.lineno


def first_arguments(path: Path, functions: set[str]) -> Iterator[tuple[int, str]]:
    """The line and text of every literal first argument of a call to one of these functions."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if called in functions and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ELEMENT = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
# A class, an attribute given on by a part, the name of a cookie: not words.
UNSPOKEN = re.compile(r"{%\s*block \w*(?:class|width)\w*\s*%}.*?{%\s*endblock|<code\b.*?</code>", re.DOTALL)
LOOSE_ATTRIBUTE = re.compile(r"[\w.-]+=\"[^\"]*\"")
ENTITY = re.compile(r"&#?\w+;")
SPOKEN_ATTRIBUTE = re.compile(r"\b(?:alt|aria-label|placeholder|title)=\"([^\"]*)\"")
WORD = re.compile(r"[^\W\d_]{2,}")


def untranslated(template: str) -> list[str]:
    """Words in a template that nobody could translate."""
    bare = TAG.sub(" ", UNSPOKEN.sub(" ", TRANSLATED.sub(" ", COMMENT.sub(" ", template))))
    spoken = [words for words in SPOKEN_ATTRIBUTE.findall(bare) if WORD.search(words)]
    text = LOOSE_ATTRIBUTE.sub(" ", ENTITY.sub(" ", ELEMENT.sub("\n", bare)))
    return [*spoken, *(line.strip() for line in text.splitlines() if WORD.search(line))]

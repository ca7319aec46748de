"""Every socket is explained: in the code and to whoever builds a module."""

from __future__ import annotations

import dataclasses
import inspect

import pytest
from tests.support.surroundings import ROOT

from throughline.core.registry import sockets

SOCKETS = [
    found
    for name, found in vars(sockets).items()
    if inspect.isclass(found) and dataclasses.is_dataclass(found) and found.__module__ == sockets.__name__
]


@pytest.mark.parametrize("socket", SOCKETS, ids=lambda socket: socket.__name__)
def test_every_socket_is_explained(socket: type) -> None:
    # A dataclass without words of its own is given its signature as a docstring.
    words = socket.__doc__ or ""
    assert len(words) > 20, "say what it is for"
    assert not words.startswith(f"{socket.__name__}("), "say what it is for"
    guide = (ROOT / "docs/extending.md").read_text("utf-8")
    assert f"`{socket.__name__}`" in guide, "explain it in docs/extending.md"


def test_a_module_has_a_field_for_every_kind_of_thing_it_adds() -> None:
    guide = (ROOT / "docs/extending.md").read_text("utf-8")
    missing = [f.name for f in dataclasses.fields(sockets.Module) if f"`{f.name}`" not in guide]
    assert missing == []

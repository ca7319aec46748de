"""The areas that have benchmarks: one line each. A module has ``add_arguments(parser)`` and ``cells(options)``."""

from __future__ import annotations

from types import ModuleType

from bench import allocation, audit, geography, proposals, search, sharing, story

AREAS: dict[str, ModuleType] = {
    "allocation": allocation,
    "audit": audit,
    "geography": geography,
    "proposals": proposals,
    "search": search,
    "sharing": sharing,
    "story": story,
}

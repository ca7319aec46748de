"""Finding children, and finding whom a record or a row of a file may be.

``candidates`` and ``look_alikes`` and ``match_many`` find and show nobody: what they give is for decisions and for queries
that ask who may see whom. ``find_children`` is the search as people use it. ``refresh`` keeps the index in step.
"""

from .candidates import Found, candidates
from .index import out_of_step, refresh
from .matching import Match, look_alikes, match_many
from .showing import ShownFind, find_children

__all__ = [
    "Found",
    "Match",
    "ShownFind",
    "candidates",
    "find_children",
    "look_alikes",
    "match_many",
    "out_of_step",
    "refresh",
]

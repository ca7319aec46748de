"""Two records of one child made one, and made two again.

Finding whom a record may be a second record of is arithmetic (``rules/matching``); that they are one child is always said by
a person. What is moved is found from the tables themselves, so a table that a module adds tomorrow is moved with the rest.
"""

from .actions import MergeRefused, different_children, merge_records
from .board import Pair, candidates, compare_records
from .following import records_of
from .gathering import gather_left_behind
from .planning import Plan, plan
from .undoing import CannotBeUndone, unmerge_records

__all__ = [
    "CannotBeUndone",
    "MergeRefused",
    "Pair",
    "Plan",
    "candidates",
    "compare_records",
    "different_children",
    "gather_left_behind",
    "merge_records",
    "plan",
    "records_of",
    "unmerge_records",
]

"""One thing the checker found wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "wrong_shape",
    "offer_out_of_range",
    "offer_not_a_preference",
    "plan_not_honoured",
    "held_place_lost",
    "not_qualified_admitted",
    "blocking_pair",
    "displaces_another",
    "place_left_empty",
    "over_number",
    "over_without_need",
    "over_without_reason",
    "multiple_birth_separated",
    "wrong_pool",
    "wrong_result",
    "wrong_criterion",
    "wrong_rank",
    "wrong_waiting",
    "wrong_count",
    "wrong_last",
]


@dataclass(frozen=True)
class Finding:
    """``code``, the school and child concerned (None: the whole round), and values that the words need."""

    code: Code
    school: int | None
    child: int | None
    values: tuple[int | str, ...] = ()

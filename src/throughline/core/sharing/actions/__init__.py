"""What changes who sees what: local rules, decisions for one child, what is asked for, and emergencies."""

from .asking import ask_for_more, decline_asked
from .deciding import Proposed, decide_override, end_grants, end_override, propose_override
from .emergencies import break_glass, review_emergency
from .ruling import Expected, end_rule, set_rule, withdraw_rule

__all__ = [
    "Expected",
    "Proposed",
    "ask_for_more",
    "break_glass",
    "decide_override",
    "decline_asked",
    "end_grants",
    "end_override",
    "end_rule",
    "propose_override",
    "review_emergency",
    "set_rule",
    "withdraw_rule",
]

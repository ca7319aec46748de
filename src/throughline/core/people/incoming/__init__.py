"""What comes in about many children at once: what the record says of them now, writing what was accepted, and taking it back.

For imports, which have asked for leave and opened a change. Nothing here decides anything, and nothing is merged.
"""

from .hand import Command, Skipped, Step, Written, unsaid
from .snapshots import Roll, Snapshot, snapshots
from .undoing import Outcome, take_back
from .writing import write_all

__all__ = [
    "Command",
    "Outcome",
    "Roll",
    "Skipped",
    "Snapshot",
    "Step",
    "Written",
    "snapshots",
    "take_back",
    "unsaid",
    "write_all",
]

"""How long things take when a child moves: by when the file goes, and how long a receipt may take."""

from __future__ import annotations

from datetime import date

from ...alerts.criteria import figures

RECEIPT = "exchange.receipt"
FILE_DAYS = 15
"""School days after a child has left a school by which the file goes. Source: Education (Pupil Information) (England)
Regulations 2005, as authorities' guidance to schools gives them; not verified against the regulations."""


def receipt_days(on: date) -> int:
    """Days after sending by which a receipt should have come, as the authority has it on a day."""
    return figures(on)[RECEIPT]

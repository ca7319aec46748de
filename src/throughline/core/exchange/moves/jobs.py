"""What the worker does with moves: says when a receipt has not come in time."""

from __future__ import annotations

from django.utils import timezone

from ...alerts.actions import raise_alert
from ...audit.actor import THROUGHLINE
from ...work.progress import Progress
from ..models import Move

KIND = "exchange.no_receipt"


def no_receipt(progress: Progress) -> None:
    """An alert for each move whose receipt is overdue. Run twice, it raises none twice; sent again, it may come again."""
    today = timezone.localdate()
    late = Move.objects.filter(
        state=Move.State.SENT, due__lt=today, child__merged_into__isnull=True
    ).order_by("due", "id")
    for done, (key, child_id, due) in enumerate(late.values_list("pk", "child_id", "due"), start=1):
        raise_alert(
            by=THROUGHLINE,
            kind=KIND,
            child_id=child_id,
            details={"days": (today - due).days},
            key=f"{KIND}:{key}:{due.isoformat()}",
        )
        progress.say(done, 0)

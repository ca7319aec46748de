"""Where GOV.UK Notify tells us what became of a message.

https://docs.notifications.service.gov.uk/python.html#callbacks
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from throughline.core.messages.receipts import note_receipt

LARGEST = 20_000


# Called by another computer, which has no session to forge: its token is what lets it in.
@csrf_exempt
def receipts(request: HttpRequest) -> HttpResponse:
    """Keep one receipt. Whoever lacks the token is told what they are told where there is nothing."""
    wanted = settings.NOTIFY_RECEIPT_TOKEN
    given = request.headers.get("Authorization", "")
    if not wanted or not constant_time_compare(given, f"Bearer {wanted}") or request.method != "POST":
        raise Http404
    receipt = read(request)
    if receipt is None:
        return JsonResponse(
            {"problem": "This is not a receipt of GOV.UK Notify. Nothing was kept."}, status=400
        )
    note_receipt(*receipt)
    # The same answer whether we know the message or not: Notify would only send it again.
    return HttpResponse(status=204)


def read(request: HttpRequest) -> tuple[UUID, UUID, str] | None:
    """Our reference, the service's key, and what became of it; nothing when it is not a receipt."""
    if len(request.body) > LARGEST:
        return None
    try:
        told: dict[str, Any] = json.loads(request.body)
        return UUID(str(told["reference"])), UUID(str(told["id"])), str(told["status"])
    except (ValueError, KeyError, TypeError):
        return None

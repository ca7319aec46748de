"""An officer at a machine of their own: releases a run when the test gives the word, and writes down what was said.

Usage: releasing_officer.py DATABASE FOLDER NAME RUN
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from uuid import UUID

import django
from django.conf import settings

DATABASE, FOLDER, NAME, RUN = sys.argv[1], Path(sys.argv[2]), sys.argv[3], UUID(sys.argv[4])
settings.DATABASES["default"]["NAME"] = DATABASE
django.setup()

import time_machine  # noqa: E402
from django.core.exceptions import ValidationError  # noqa: E402

from throughline.core.audit.actor import Trusted  # noqa: E402
from throughline.modules.admissions.actions.release import release  # noqa: E402
from throughline.modules.admissions.models import Run  # noqa: E402

if __name__ == "__main__":
    # Everything is read before the word is given, so that both have the round as it was before either released.
    run = Run.objects.select_related("round").get(pk=RUN)
    (FOLDER / f"ready-{NAME}").touch()
    while not (FOLDER / "go").exists():
        threading.Event().wait(0.005)
    with time_machine.travel("2027-03-01 00:05", tick=True):
        try:
            said = f"released {release(by=Trusted(NAME), round=run.round, run=run)}"
        except ValidationError as refused:
            said = " ".join(refused.messages)
    (FOLDER / f"said-{NAME}").write_text(said)

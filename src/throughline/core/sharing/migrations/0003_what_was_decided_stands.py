"""Decisions made before they needed a second person stand as approved."""

from typing import Any

from django.db import migrations


def approved(apps: Any, _editor: Any) -> None:
    apps.get_model("sharing", "Override").objects.update(state="approved")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0002_approval_and_emergencies")]

    operations = [migrations.RunPython(approved, migrations.RunPython.noop)]

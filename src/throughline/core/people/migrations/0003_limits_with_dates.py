"""A limit on contact is a row with its dates and evidence: what was a mere yes becomes one that keeps back everything."""

from typing import Any

from django.db import migrations

from throughline.core.audit.tables import new_key


def as_rows(apps: Any, _editor: Any) -> None:
    tie, limit = apps.get_model("people", "Tie"), apps.get_model("people", "ContactLimit")
    limited = tie.objects.filter(contact_limited=True).values_list("pk", "child_id")
    limit.objects.bulk_create(
        [limit(id=new_key(), tie_id=key, child_id=child, kind="other", keeps_back="everything") for key, child in limited],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0002_the_record")]

    operations = [migrations.RunPython(as_rows, migrations.RunPython.noop)]

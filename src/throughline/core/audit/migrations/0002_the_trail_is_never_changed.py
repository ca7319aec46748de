"""The database itself refuses changes to the trail, whoever asks."""

from django.db import migrations

from throughline.core.audit.database import allow_changes, forbid_changes


# The tables there were at this step.
TRAIL = ("audit_event", "audit_line")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: forbid_changes(editor.connection, TRAIL, erasable=False),
            lambda apps, editor: allow_changes(editor.connection, TRAIL),
        )
    ]

"""The database refuses changes to seals too, and to the lines whose table was made anew; PostgreSQL refuses emptying."""

from django.db import migrations

from throughline.core.audit.database import allow_changes, forbid_changes

TRAIL = ("audit_event", "audit_line", "audit_seal")


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_sealed")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: forbid_changes(editor.connection, TRAIL, erasable=False),
            lambda apps, editor: allow_changes(editor.connection, TRAIL),
        )
    ]

"""Indexes that a search uses and no more: every write pays for each."""

import django.db.models.deletion
from django.db import migrations, models

from throughline.core.audit.database import allow_changes, forbid_changes

TRAIL = ("audit_event", "audit_line", "audit_seal")


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0004_seals_never_changed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='actor_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name='line',
            name='child_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name='line',
            name='event',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='lines', to='audit.event'),
        ),
        migrations.AlterField(
            model_name='line',
            name='object_id',
            field=models.CharField(max_length=64),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('actor_id__isnull', False)), fields=['actor_id', 'at'], name='trail_by_actor'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['object_id'], name='trail_by_row'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(condition=models.Q(('child_id__isnull', False)), fields=['child_id', 'event'], name='trail_by_child'),
        ),
        # SQLite makes a changed table anew, without its triggers.
        migrations.RunPython(
            lambda apps, editor: forbid_changes(editor.connection, TRAIL, erasable=False),
            lambda apps, editor: allow_changes(editor.connection, TRAIL),
        ),
    ]

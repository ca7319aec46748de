"""The values of a disposed record can be erased, and the seals still hold."""


import throughline.core.audit.columns
import throughline.core.audit.database
from django.db import migrations, models


from throughline.core.audit.database import forbid_changes

TRAIL = ("audit_event", "audit_line", "audit_seal")


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0005_fewer_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='gone',
            field=throughline.core.audit.columns.WrittenJSON(null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='salt',
            field=models.CharField(default=throughline.core.audit.database.new_salt, max_length=32),
        ),
        migrations.AddField(
            model_name='line',
            name='gone',
            field=throughline.core.audit.columns.WrittenJSON(null=True),
        ),
        migrations.AddField(
            model_name='line',
            name='salt',
            field=models.CharField(default=throughline.core.audit.database.new_salt, max_length=32),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('gone__isnull', False)), fields=['id'], name='events_disposed_of'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(condition=models.Q(('gone__isnull', False)), fields=['id'], name='lines_disposed_of'),
        ),
        # SQLite makes a changed table anew, without its triggers; from here on a disposal may empty values.
        migrations.RunPython(
            lambda apps, editor: forbid_changes(editor.connection, TRAIL),
            lambda apps, editor: forbid_changes(editor.connection, TRAIL, erasable=False),
        ),
    ]

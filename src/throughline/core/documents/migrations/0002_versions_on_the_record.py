from typing import Any

import throughline.core.audit.tables
from django.db import migrations, models


def each_its_own_series(apps: Any, schema_editor: Any) -> None:
    apps.get_model("documents", "Document").objects.update(series=models.F("id"))


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='current',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='document',
            name='language',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name='document',
            name='on_record',
            field=models.BooleanField(default=False),
        ),
        # One default would be given to every row there is, and each is a series of its own.
        migrations.AddField(
            model_name="document", name="series", field=models.UUIDField(null=True)
        ),
        migrations.RunPython(each_its_own_series, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="document", name="series", field=models.UUIDField(default=throughline.core.audit.tables.new_key)
        ),
        migrations.AddField(
            model_name='document',
            name='supports_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='supports_label',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='document',
            name='title',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='document',
            name='version',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['supports_label', 'supports_id'], name='documents_by_what_they_support'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('series', 'version'), name='one_document_per_version'),
        ),
    ]

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0003_limits_with_dates")]

    operations = [
        migrations.RemoveField(
            model_name='tie',
            name='contact_limited',
        ),
    ]

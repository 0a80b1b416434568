"""Indexes that no query uses and that make publishing many rows slower are left out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _drop_pattern_index(apps, schema_editor):
    """PostgreSQL's second index of a unique text, for LIKE: records are found by their whole
    origin. Django makes it by itself and has no option to leave it out."""
    if schema_editor.connection.vendor == "postgresql":
        model = apps.get_model("policies", "LocalPolicy")
        name = schema_editor._create_index_name(model._meta.db_table, ["origin"], suffix="_like")
        schema_editor.execute(schema_editor._delete_index_sql(model, name))


def _make_pattern_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        model = apps.get_model("policies", "LocalPolicy")
        field = model._meta.get_field("origin")
        schema_editor.execute(schema_editor._create_like_index_sql(model, field))


class Migration(migrations.Migration):

    dependencies = [
        ('counties', '0001_states_counties'),
        ('policies', '0009_catalogue_in_spanish'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='localpolicy',
            name='state',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Only for AK, CT, DE, HI, RI and VT: answers for every county of the state.', limit_choices_to={'unified_jail': True}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='local_policies', to='counties.state', verbose_name='unified-jail state'),
        ),
        migrations.AlterField(
            model_name='scoreperiod',
            name='county',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='score_periods', to='counties.county'),
        ),
        migrations.AddIndex(
            model_name='localpolicy',
            index=models.Index(condition=models.Q(('state__isnull', False)), fields=['state'], name='localpolicy_of_a_state'),
        ),
        migrations.RunPython(_drop_pattern_index, _make_pattern_index),
    ]

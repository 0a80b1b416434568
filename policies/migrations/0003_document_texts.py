"""The text of documents gets pages, and a full-text index on either database.

PostgreSQL: a text-search configuration that reads English and ignores accents, and an index. SQLite:
an FTS5 table over the pages, kept in step by triggers. Triggers, because pages also go with a
document that is deleted, and come in bulk: whatever writes or removes them, the index follows, and
no word of a sealed page can be left behind in it.
"""

import django.core.validators
import django.db.models.deletion
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

LONGEST_PAGE = 100_000

POSTGRESQL = [
    "CREATE TEXT SEARCH CONFIGURATION policies_words (COPY = english)",
    "ALTER TEXT SEARCH CONFIGURATION policies_words ALTER MAPPING FOR asciiword, word, numword,"
    " hword, hword_part, hword_asciipart, asciihword, hword_numpart WITH unaccent, english_stem",
    "CREATE INDEX document_page_words ON policies_documentpage"
    " USING gin (to_tsvector('policies_words'::regconfig, text))",
]
NO_POSTGRESQL = [
    "DROP INDEX document_page_words",
    "DROP TEXT SEARCH CONFIGURATION policies_words",
]
SQLITE = [
    "CREATE VIRTUAL TABLE policies_documentpage_words USING fts5(text,"
    " content='policies_documentpage', content_rowid='id',"
    " tokenize='porter unicode61 remove_diacritics 2')",
    # Pages that are there already.
    "INSERT INTO policies_documentpage_words(policies_documentpage_words) VALUES ('rebuild')",
    "CREATE TRIGGER document_page_words_insert AFTER INSERT ON policies_documentpage BEGIN"
    " INSERT INTO policies_documentpage_words(rowid, text) VALUES (NEW.id, NEW.text); END",
    "CREATE TRIGGER document_page_words_delete AFTER DELETE ON policies_documentpage BEGIN"
    " INSERT INTO policies_documentpage_words(policies_documentpage_words, rowid, text)"
    " VALUES ('delete', OLD.id, OLD.text); END",
    "CREATE TRIGGER document_page_words_update AFTER UPDATE ON policies_documentpage BEGIN"
    " INSERT INTO policies_documentpage_words(policies_documentpage_words, rowid, text)"
    " VALUES ('delete', OLD.id, OLD.text);"
    " INSERT INTO policies_documentpage_words(rowid, text) VALUES (NEW.id, NEW.text); END",
]
NO_SQLITE = [
    *(f"DROP TRIGGER document_page_words_{act}" for act in ("insert", "delete", "update")),
    "DROP TABLE policies_documentpage_words",
]


def text_to_pages(apps, schema_editor):
    """What was kept as one text becomes pages that can be indexed; nothing of a sealed one."""
    SourceDocument = apps.get_model("policies", "SourceDocument")
    DocumentPage = apps.get_model("policies", "DocumentPage")
    kept = SourceDocument.objects.filter(sealed_at__isnull=True).exclude(extracted_text="")
    for document in kept:
        text = document.extracted_text
        parts = [text[at : at + LONGEST_PAGE] for at in range(0, len(text), LONGEST_PAGE)]
        DocumentPage.objects.bulk_create(
            [DocumentPage(document=document, number=n, text=t) for n, t in enumerate(parts, 1)]
        )
        document.text_state = "read"
        document.save(update_fields=["text_state"])
    # PostgreSQL alters no table while checks of its rows are still to be made.
    schema_editor.connection.check_constraints()


def pages_to_text(apps, schema_editor):
    SourceDocument = apps.get_model("policies", "SourceDocument")
    for document in SourceDocument.objects.filter(pages__isnull=False).distinct():
        texts = document.pages.order_by("number").values_list("text", flat=True)
        document.extracted_text = "\n\n".join(texts)
        document.save(update_fields=["extracted_text"])
    schema_editor.connection.check_constraints()


def make_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in NO_POSTGRESQL if vendor == "postgresql" else NO_SQLITE:
        schema_editor.execute(statement)


class Unaccent(UnaccentExtension):
    """Stays when the migration is taken back: others may use it, and SQLite knows none."""

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0002_change_sets'),
    ]

    operations = [
        Unaccent(),
        migrations.AlterModelOptions(
            name='sourcedocument',
            options={'ordering': ['title'], 'permissions': [('seal_document', 'Can seal a document by order of a court')], 'verbose_name': 'source document', 'verbose_name_plural': 'source documents'},
        ),
        migrations.AddField(
            model_name='sourcedocument',
            name='text_state',
            field=models.CharField(blank=True, choices=[('read', 'read, and can be searched'), ('partial', 'read in part: the file is too long, or some pages are broken'), ('no_text', 'no text layer: a scan or picture, readable by eye only'), ('encrypted', 'locked with a password, so kept without its text'), ('unreadable', 'kept without its text: reading it took too long')], editable=False, max_length=10, verbose_name='text of the file'),
        ),
        migrations.AlterField(
            model_name='citation',
            name='quote',
            field=models.TextField(blank=True, help_text='Exactly as the document has them; … for what is left out.', validators=[django.core.validators.MaxLengthValidator(10000, 'This quote has %(show_value)d characters; at most %(limit_value)d are taken. Quote the sentences that carry the answer.')], verbose_name='quoted words'),
        ),
        migrations.CreateModel(
            name='DocumentPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='number')),
                ('label', models.CharField(blank=True, help_text='Such as iv, if it is known.', max_length=20, verbose_name='printed number')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='policies.sourcedocument', verbose_name='document')),
            ],
            options={
                'verbose_name': 'page of a document',
                'verbose_name_plural': 'pages of documents',
                'ordering': ['document', 'number'],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='document_page_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='document_page_counts_from_one')],
            },
        ),
        migrations.RunPython(text_to_pages, pages_to_text),
        migrations.RemoveField(
            model_name='sourcedocument',
            name='extracted_text',
        ),
        migrations.RunPython(make_index, drop_index),
    ]

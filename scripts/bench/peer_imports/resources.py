"""Two resources: as the library's documentation begins, and with all that it says of speed."""

from import_export import fields, instance_loaders, resources
from import_export.widgets import ForeignKeyWidget

from bench.peer_imports.models import County, KeyedPolicy, Policy, Source


class DefaultResource(resources.ModelResource):
    """A natural key, foreign keys by a natural field, and sources made as they occur."""

    county = fields.Field("county", "fips", ForeignKeyWidget(County, "fips"))
    source = fields.Field("source", "source_title", ForeignKeyWidget(Source, "title"))

    class Meta:
        model = Policy
        fields = ("county", "factor", "answer", "source", "source_date")
        import_id_fields = ("county", "factor")

    def before_import_row(self, row, **kwargs):
        Source.objects.get_or_create(title=row["source_title"], defaults={"url": row["source_url"]})


class RememberingWidget(ForeignKeyWidget):
    """Related objects by their natural field, read once for an import.

    The library's own CachedForeignKeyWidget does the same, but makes a class for every look-up.
    """

    def clean(self, value, row=None, **kwargs):
        if not hasattr(self, "_known"):
            self._known = {getattr(one, self.field): one for one in self.model.objects.all()}
        try:
            return self._known[value]
        except KeyError:
            raise self.model.DoesNotExist(value) from None


class TunedResource(resources.ModelResource):
    """Written in bulk, compared with what is stored, nothing drawn, each thing read once."""

    county = fields.Field("county", "fips", RememberingWidget(County, "fips"))
    source = fields.Field("source", "source_title", RememberingWidget(Source, "title"))

    class Meta:
        model = KeyedPolicy
        fields = ("key", "county", "factor", "answer", "source", "source_date")
        import_id_fields = ("key",)
        instance_loader_class = instance_loaders.CachedInstanceLoader
        use_bulk = True
        batch_size = 1000
        skip_unchanged = True
        skip_html_diff = True  # skip_diff would be quicker still, but switches skip_unchanged off

    def get_queryset(self):
        return super().get_queryset().select_related("county", "source")

    def before_import(self, dataset, **kwargs):
        pairs = zip(dataset["fips"], dataset["factor"], strict=True)
        dataset.append_col([f"{fips} {factor}" for fips, factor in pairs], header="key")
        urls = dict(zip(dataset["source_title"], dataset["source_url"], strict=True))
        Source.objects.bulk_create(
            [Source(title=title, url=url) for title, url in urls.items()], ignore_conflicts=True
        )

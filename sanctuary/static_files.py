"""Static files under names that change with them, those that modules import from each other too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Without this, a module that imports another by its plain name gets a second copy of it.

    No module may import one that imports it: a name made of both contents cannot be found.
    """

    support_js_module_import_aggregation = True

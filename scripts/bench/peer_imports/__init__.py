"""The imports that a competent user would make instead: django-import-export, default and tuned."""

"""The whole record in one file, and back: `manage.py backup` and `restore`.

The file is a ZIP: each table as lines of JSON, each archived file as it is, and a manifest that has
the SHA-256 of all of them. Nothing in it depends on the database it came from.
"""

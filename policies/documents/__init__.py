"""Documents: taken in, read, kept, searched, shown and sealed. See README.md in this folder."""

"""One module a kind of file: its columns, and how its rows become facts."""

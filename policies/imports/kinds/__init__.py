"""One module a kind of file. Each has its `COLUMNS`, and `read`, which makes facts of a table."""

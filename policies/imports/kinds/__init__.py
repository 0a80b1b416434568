"""One module a kind of file: which columns it has, and what its rows say."""

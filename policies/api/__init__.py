"""The read-only API under `/api/v1/`: the same filters, assessments and reports as the pages.

`base` answers requests (pages of JSON, whole lists as CSV, errors, caching), `rows` says what a
record looks like, `serializers` describe it for the documentation and the columns of the CSV, and
the other modules are the views. Only published records and public documents ever come out.
"""

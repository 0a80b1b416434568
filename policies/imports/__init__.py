"""Spreadsheets on their way in: read, understood, compared with the record. Nothing here writes.

`reading` opens a file; `headings` finds its table and maps its columns; `cells` cleans values;
`places` and `agencies` match counties and agencies; one module a kind turns rows into facts; the
two planners compare facts with the record. `policies.submissions` does the writing.
"""

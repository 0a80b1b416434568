"""Checks of the record, and the queue of what they found. `checks.CHECKS` lists them.

A check looks and says; it changes nothing. `queue.refresh` keeps what was found, who takes care of
it, and what was decided. Each asks a fixed number of queries, however long the record.
"""

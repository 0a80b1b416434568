"""From scored counties and records to what a template prints: no queries, no clock, no HTTP."""

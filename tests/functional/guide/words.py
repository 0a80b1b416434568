"""What the public pages call an answer."""

YES, NO, UNKNOWN = "in force", "not in force", "unknown"

"""Everything a caller may ask: what is said, what may be said to this person, and what gets done."""

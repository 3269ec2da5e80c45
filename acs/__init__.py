"""The collection system itself: what is owed, what happens next and what may be asked for. Pure Python."""

"""Requests taken down question by question: asked, corrected, read back, sent once, and told about later."""

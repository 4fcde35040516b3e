"""Suggestions for metadata from the text of a document: pure functions, each suggestion with its source and certainty."""

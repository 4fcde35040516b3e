"""Readers of Office files, web pages and plain text, as tasks of the sandbox; they run in the child only."""

"""The DiWoo standard: its value lists, and the documents written and read by its rules."""

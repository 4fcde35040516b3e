"""How long a key may live, as use case, field and command line say it alike."""

MAX_DAYS = 1_096
"""Longest life of a key: three years."""

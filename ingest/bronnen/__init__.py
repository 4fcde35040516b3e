"""Checks what a publisher shows to those who harvest it."""

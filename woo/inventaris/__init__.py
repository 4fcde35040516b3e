"""Inventories of decisions: a sheet read into rows, rows linked to documents, and compared with what the registry holds."""

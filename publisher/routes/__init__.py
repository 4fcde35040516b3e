"""The routes of the desk, one module per kind of thing."""

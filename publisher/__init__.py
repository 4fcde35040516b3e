"""The coordinator's desk: make, fill, publish and withdraw publicaties, with an API key and never without."""

"""Legal terms: the worker's side of the digest mail."""

"""One run over a source: a child process fetches, this one decides and writes; it can be stopped at any moment."""

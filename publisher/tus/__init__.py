"""Files sent to the desk in parts, so that a line that breaks loses nothing: the tus protocol, version 1.0.0 (tus.io)."""

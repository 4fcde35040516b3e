"""Documents come in here: found, registered, read in limited processes, and shown or hidden by the worker."""

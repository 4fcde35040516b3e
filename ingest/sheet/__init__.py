"""The metadata sheet of a batch run (`--metadata`): read, checked whole before anything is taken in, and applied."""

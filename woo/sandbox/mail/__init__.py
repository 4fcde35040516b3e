"""Read messages and mailboxes. Runs in the child only."""

"""Take archives apart: one task per kind, each member within what the archive may cost. Runs in the child only."""

"""What the desk says when something cannot be: one table for each part, in plain Dutch with a way out."""

"""Make a PDF of what a browser does not show by itself. Runs in the child only."""

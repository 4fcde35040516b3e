"""Files: the archive of everything received, and the public store of what everyone may see."""

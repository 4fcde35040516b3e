"""The public side: the open API, the search site, the files and the page pictures; it reads the index and the public store."""

"""How a publication, a document and a page look, given their data; for the public site and the desk's preview."""

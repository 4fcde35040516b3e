"""The index: what is searched, what is found, and the engines behind one port."""

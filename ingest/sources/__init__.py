"""The spiders: each knows one kind of site and nothing of us; they run in a child process of `woo harvest`."""

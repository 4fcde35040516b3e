"""Mail: how one is made, and how it is handed to the mail server."""

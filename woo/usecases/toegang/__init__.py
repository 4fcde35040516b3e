"""Getting in at the desk: accounts, passwords, the second step, sessions, and the OpenID provider."""

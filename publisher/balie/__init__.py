"""The pages of the desk: server-rendered, on the same use cases as the API, working without JavaScript."""

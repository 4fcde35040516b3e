"""The routes of the open API and of the machinery around it; each module adds its own to the application."""

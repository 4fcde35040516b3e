"""Following: the worker's side of e-mail alerts, webhooks and what visitors reported."""

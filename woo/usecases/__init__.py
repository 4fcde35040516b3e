"""What people and programs do with publicaties: one function, one transaction, rights checked here."""

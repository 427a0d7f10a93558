"""People of the console over a real database."""

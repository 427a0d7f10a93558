"""Rules of the product in plain Python: the standard library only."""

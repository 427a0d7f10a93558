"""What a resident says while a complaint is taken down, read by pure functions from the raw text."""

"""What a message names: contacts, numbers, days, streets, and the places and institutions of a municipality."""

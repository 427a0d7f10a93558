"""What a resident may do with the own data of a conversation: see what is held, take a copy, delete it."""

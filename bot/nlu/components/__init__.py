"""Rasa graph components: thin shells over the pure modules of `bot.nlu`."""

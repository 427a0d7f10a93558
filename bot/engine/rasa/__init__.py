"""Rasa 3.6 in this process behind the engine port."""

"""Rasa custom actions: thin, each asks the core and utters."""

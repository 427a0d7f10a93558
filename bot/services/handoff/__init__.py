"""Handing conversations to people and back: the queue, claims, talk, transfers, closing, presence, tasks."""

"""Telegram: the same assistant in the conventions of Telegram, over python-telegram-bot."""

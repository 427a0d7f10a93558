"""Answers to residents' questions, one module per subject; actions hand a question in and utter the answer."""

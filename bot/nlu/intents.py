"""Names of intents that the code itself speaks of; all of them stand in `domain.yml`."""

FALLBACK = "nlu_fallback"
"""Not sure enough of any intent; no label of a message, only a reading of it."""
OUT_OF_SCOPE = "out_of_scope"
ASK_SERVICE = "ask_service"
"""Asks for a service; with an aspect behind it, "ask_service_cost"."""

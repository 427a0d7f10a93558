"""Use cases: what a channel or an action asks the core to do."""

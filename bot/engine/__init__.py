"""The answering engine: an abstract port and its implementations."""

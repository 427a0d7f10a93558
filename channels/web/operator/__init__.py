"""The operators' console: its pages and its programming interface, all behind one guard."""

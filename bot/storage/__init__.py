"""Tables and queries, one module per aggregate."""

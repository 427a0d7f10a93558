"""How well messages are understood: labelled messages in, measures, tables and plots out."""

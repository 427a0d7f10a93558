"""The widget and the pages in a real Chromium, against a real Langelis web application."""

"""Website channel: pages, widget socket and Rasa's REST webhook."""

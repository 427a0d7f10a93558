"""Understanding of residents' messages: pure language modules; Rasa stays in `components`."""

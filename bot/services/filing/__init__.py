"""Taking down a complaint in a conversation: what is known, what is asked next, what an answer means."""

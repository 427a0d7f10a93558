"""People who work in the console: accounts, sign-in, sessions, and the log of what they did."""

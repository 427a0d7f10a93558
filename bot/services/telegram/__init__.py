"""What the core does for Telegram without knowing the library: chats, updates, what leaves, codes."""

"""The bot in Telegram as people talk to it: whose a chat is, what they ask, what they are answered."""

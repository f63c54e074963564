"""What people and the bot say to each other: commands, the words of a quick log, and the bot's own sentences in each language."""

"""What the coach says to one agent in sentences: by rules, with the facts a language model may put into other words."""

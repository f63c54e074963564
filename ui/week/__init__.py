"""What an agent's week begins with: the thermometers of its goals, the vision board, and what to post."""

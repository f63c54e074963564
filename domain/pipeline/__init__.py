"""The deals on their way: the steps they take, how many get further, what is ahead, and what changed since another day."""

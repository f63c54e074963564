"""amoCRM, called Kommo outside of Russia: its API as documented, and what can go wrong with it."""

"""amoCRM/Kommo: connecting an account, reading it again and again, and writing back where that is wanted."""

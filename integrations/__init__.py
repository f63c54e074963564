"""The outside world: small senders with a real and a null form; they know nothing of people, tables or screens."""

"""The Goals screen: what somebody wants to reach, how far it is, and setting it."""

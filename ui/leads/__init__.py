"""The Leads screen: who is waiting for a first contact, and one lead with everything that can be done for it."""

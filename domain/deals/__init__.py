"""Deals: what is known of them, how likely they are won, and how good that knowledge proved."""

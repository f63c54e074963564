"""Parts of the Deals screen."""

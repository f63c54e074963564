"""The Success screen."""

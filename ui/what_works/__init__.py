"""The pieces of the What works screen."""

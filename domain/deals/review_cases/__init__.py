"""Fifty made-up deals by which reviews are tried, the rules' and a model's alike."""

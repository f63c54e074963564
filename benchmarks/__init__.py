"""Measurements: ratios within one run, on generated companies, repeatable with one command."""

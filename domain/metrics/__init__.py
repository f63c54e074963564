"""The metrics of the product: each defined once, measured from counters, compared, paced and judged by pure functions."""

"""The field's own knowledge: metrics, coaching and statistics of sales, as plain functions over plain values."""

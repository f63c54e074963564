"""Tables, queries, writes and imports on PostgreSQL."""

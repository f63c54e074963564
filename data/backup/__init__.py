"""Backups: PostgreSQL's own dump in an archive that can prove it is whole."""

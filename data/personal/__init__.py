"""What the installation holds about a person, table by table; the export and the erasure of it read the same list."""

"""Files from other systems: read within limits, understood column by column, stored once, and undone whole."""

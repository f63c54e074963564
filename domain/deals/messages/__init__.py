"""Reviews of deals as messages: one deal whole, many at a glance, or an alarm; in each language, with the sections and signs one wants."""

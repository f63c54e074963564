"""How far agents have come: levels and what they ask, skills, and a plan of what to do next; from sums the caller brings."""

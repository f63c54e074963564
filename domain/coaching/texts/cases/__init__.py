"""The cases the coach's texts are evaluated with: invented facts, what must be said of them, and what must not."""

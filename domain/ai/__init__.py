"""What a language model may be told, and what of its answer may be shown: facts, redaction, grounding."""

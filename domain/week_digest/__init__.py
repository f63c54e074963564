"""What managers are told on Monday about their teams: its content, its words as text and as HTML, and how often it comes."""

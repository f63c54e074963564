"""What was said in conversations: objections, agreed steps, questions, and who spoke how much."""

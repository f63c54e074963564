"""The Progress screen: level, requirements, skills, plan, training, and a team's ladder."""

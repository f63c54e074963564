"""Whether the product does what it is for: goals reached, work converted, levels climbed, skills grown, training worth its time."""

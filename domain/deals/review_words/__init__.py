"""The words of the rules' reviews, a file for each language."""

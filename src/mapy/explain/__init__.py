"""From values to numbers and words."""

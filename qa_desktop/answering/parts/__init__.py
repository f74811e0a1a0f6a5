"""A question for several things, taken apart by its own words."""

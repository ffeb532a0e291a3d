"""How long the robots take, how much they keep, and how others fare at the same work."""

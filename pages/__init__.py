"""What the sites look like: typed maps of screens."""

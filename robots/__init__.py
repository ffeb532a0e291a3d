"""What the shop's day is made of: one flow a module."""

"""What the platform and the law want of a listing. Pure; words and numbers come as data."""

"""What was learnt and must last, each with its source, its date and its evidence."""

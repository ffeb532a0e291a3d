"""How people use it: commands, sheets."""

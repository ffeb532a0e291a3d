"""``python -m console`` is the command ``shopclerk``."""

from console.cli import main

main()

"""``python -m practice``."""

from practice.cli import app

app(prog_name="python -m practice")

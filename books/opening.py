"""The books' tables brought to this version's schema; they lie in the engine's database."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

MIGRATIONS = Path(__file__).with_name("migrations")
VERSIONS = "book_version"
"""Their own table of the schema's version: the engine's tables move at another pace."""


def migrate(engine: sa.Engine) -> None:
    """Bring the books to this version's schema; does nothing when they are there already."""
    if _schema_version(engine) == max(file.name[:4] for file in MIGRATIONS.glob("versions/*.py")):
        return  # nearly always, as in the engine: loading alembic takes a third of a second
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _schema_version(engine: sa.Engine) -> str:
    if not sa.inspect(engine).has_table(VERSIONS):
        return ""
    table = sa.table(VERSIONS, sa.column("version_num", sa.String))
    with engine.connect() as connection:
        version: str = connection.execute(sa.select(table.c.version_num)).scalar_one()
        return version

"""How alembic meets our database: on the connection that engine/database.py hands it."""

from alembic import context

from engine.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # DBOS's tables live in the same database and are none of our business.
    include_name=lambda name, kind, _parents: kind != "table" or name in Base.metadata.tables,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

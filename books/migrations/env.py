"""How alembic meets the books: on the connection that books/opening.py hands it."""

from alembic import context

from books.opening import VERSIONS
from books.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSIONS,
    # The engine's and DBOS's tables live in the same database and are none of our business.
    include_name=lambda name, kind, _parents: kind != "table" or name in Base.metadata.tables,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

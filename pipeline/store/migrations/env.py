"""How alembic runs the migrations: in the transaction that `pipeline.store.migrate` has open, never by themselves."""

from __future__ import annotations

from alembic import context

from pipeline.store.migrate import VERSION_TABLE
from pipeline.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
context.run_migrations()

"""The migrations, in the form that alembic reads: `env` says how they run, `versions` holds one file a revision."""

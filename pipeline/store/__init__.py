"""Databases: documents, tasks, units and dates in tables, what officers typed beside them, and what changed when.

SQLite in a file, or a PostgreSQL server. The modules that need SQLAlchemy are imported when a database is asked for.
"""

"""FastAPI, SQLAlchemy 2 and asyncpg: the same fields, the same table."""

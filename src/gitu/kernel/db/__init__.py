"""The database: the embedded server, the engine, the migrations."""

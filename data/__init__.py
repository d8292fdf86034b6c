"""The store: tables, migrations, reads and writes, and the files it is built from."""

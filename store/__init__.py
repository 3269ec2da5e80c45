"""The store remembers: tables, repositories, migrations."""

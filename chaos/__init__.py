"""Breaks the line on purpose and looks whether anybody noticed: `make chaos`, `make chaos WHAT=D1 KILLS=1000`."""

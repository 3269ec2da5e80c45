"""Rasa asks, the desk answers. No thinking here."""

"""Tests that import Rasa; plain unittest, because pytest is not part of the bot's environment."""

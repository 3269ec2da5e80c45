"""Tests in rasa_room need the bot's own Python 3.10; pytest here runs them through test_rasa_room.py."""

collect_ignore_glob = ["rasa_room/*"]

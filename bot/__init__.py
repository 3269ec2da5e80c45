"""Rasa's own room: how the line hears what people say and decides what happens next."""

"""What was named in a sentence: notices, money, days, years. Standard library only, any Python since 3.10."""

from bot.hearing.hear import Entity, hear
from bot.hearing.language import language_of

__all__ = ["Entity", "hear", "language_of"]

"""Rasa's ears. `Named` finds notices, money and days; `Wanted` finds out what the person is after."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.hearing import hear
from bot.schooling import school
from bot.understanding import Understanding


def hints_of(message: Message) -> Dict[Text, Any]:
    """What the door told us beside the text: today, language, what we are listening for."""
    return message.get("metadata") or {}


def today_of(hints: Dict[Text, Any]) -> date:
    """The caller's day. Only a developer's shell leaves it out; then the clock must do."""
    given = hints.get("today")
    return date.fromisoformat(given) if given else date.today()  # noqa: DTZ011


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Named(GraphComponent, EntityExtractorMixin):
    """Lends bot.hearing to the pipeline."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Named":
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text:
                hints = hints_of(message)
                found = [dict(one) for one in hear(text, today_of(hints), hints.get("listening"))]
                known = message.get(ENTITIES, []) + self.add_extractor_name(found)
                message.set(ENTITIES, known, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Wanted(GraphComponent, IntentClassifier):
    """Lends bot.understanding to the pipeline. Its weights are kept as npz and json."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"ranking": 3}

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        understanding: Optional[Understanding] = None,
    ) -> None:
        self._config, self._model_storage, self._resource = config, model_storage, resource
        self.understanding = understanding

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Wanted":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "Wanted":
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Understanding.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            (one.get(TEXT), one.get(INTENT)) for one in training_data.intent_examples if one.get(TEXT)
        ]
        self.understanding = school(examples)
        with self._model_storage.write_to(self._resource) as folder:
            self.understanding.save(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text and self.understanding:
                heard = self.understanding.hear(text, hints_of(message).get("listening"))
                ranking = [{"name": name, "confidence": chance} for name, chance in heard.ranking]
                message.set(
                    INTENT, {"name": heard.intent, "confidence": heard.confidence}, add_to_output=True
                )
                message.set(INTENT_RANKING_KEY, ranking[: self._config["ranking"]], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

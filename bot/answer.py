"""From what Rasa said in one turn to the answer that goes over the wire."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional

from rasa.shared.core.events import BotUttered, Event, UserUttered

EMPTY: Dict[str, Any] = {"choices": [], "sources": [], "secure_form": None, "listen": None, "turned_to": None}


class NothingSaid(RuntimeError):
    """The rules led to silence. Silence is never an answer, so this is an error."""


def answer_of(turn: str, events: Iterable[Event]) -> Dict[str, Any]:
    """The wire's answer for the events of one turn."""
    events = list(events)
    said = [event for event in events if isinstance(event, BotUttered)]
    says = [one for one in map(say, said) if one]
    if not says:
        raise NothingSaid("no words came out of this turn")
    user = next((event for event in events if isinstance(event, UserUttered)), None)
    return {"turn": turn, "heard": heard(user), "says": says, "answer": merged(said)}


def say(event: BotUttered) -> Optional[Dict[str, Any]]:
    """Key, facts and Rasa's own rendering. A message that carries only the answer says nothing itself."""
    words = event.metadata.get("words") or event.metadata.get("utter_action")
    if not words:
        return None
    return {"words": words, "facts": event.metadata.get("facts") or {}, "text": event.text or ""}


def merged(said: List[BotUttered]) -> Dict[str, Any]:
    """Lists are joined without repeats; of single values the last one given counts."""
    answer = {name: list(value) if isinstance(value, list) else value for name, value in EMPTY.items()}
    for event in said:
        for name, value in ((event.data.get("custom") or {}).get("answer") or {}).items():
            if isinstance(answer.get(name), list):
                answer[name] += [one for one in value or [] if one not in answer[name]]
            elif value is not None:
                answer[name] = value
    return answer


def heard(user: Optional[UserUttered]) -> Dict[str, Any]:
    """What was understood: the intent acted on, the three likeliest real ones, and what was named."""
    if user is None:
        return {"intent": None, "confidence": 0.0, "ranking": [], "entities": []}
    ranking = (user.parse_data or {}).get("intent_ranking") or [user.intent]
    return {
        "intent": user.intent.get("name"),
        "confidence": round(float(user.intent.get("confidence") or 0), 4),
        "ranking": [
            {"intent": one["name"], "confidence": round(float(one["confidence"]), 4)} for one in ranking[:3]
        ],
        "entities": [
            {key: value for key, value in one.items() if key != "extractor"} for one in user.entities
        ],
    }

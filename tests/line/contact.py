"""One contact of a story, by chat, text or telephone, all with the same deeds."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from pretend_twilio.testing import PhoneCall
from tests.line.cast import Person
from tests.line.stage import Stage


class Chat:
    """A chat in the browser."""

    channel = "web"

    def __init__(self, stage: Stage, address: str, language: str) -> None:
        self.stage, self.address, self.token = stage, address, ""
        opened = self._ask("POST", "/chat/conversations", {"language": language}).json()
        self.id, self.token = opened["conversation"], opened["token"]
        self.greeting = _text(opened["messages"])

    def say(self, words: str) -> str:
        return self._post({"text": words})

    def choose(self, choice: str, offered: list[str]) -> str:
        return self._post({"choice": choice})

    def prove(self, proof: dict[str, str], person: Person | None) -> str:
        answer = self._ask("POST", f"/chat/conversations/{self.id}/identity", proof)
        found = answer.json()
        self.token = found.get("token") or self.token
        return _text(found.get("messages", []))

    def hang_up(self) -> str:
        return _text(self._ask("POST", f"/chat/conversations/{self.id}/end", {}).json()["messages"])

    def _post(self, body: dict[str, str]) -> str:
        url = f"/chat/conversations/{self.id}/messages"
        answer = self._ask("POST", url, {"id": str(uuid4()), **body})
        assert answer.status_code == 200, answer.text
        return _text(answer.json()["messages"])

    def _ask(self, method: str, url: str, body: dict[str, str]) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "X-Story-Address": self.address}
        return self.stage.http.request(method, url, json=body, headers=headers)


class Text:
    """A thread of texts."""

    channel = "sms"

    def __init__(self, stage: Stage, address: str, number: str) -> None:
        self.stage, self.address, self.number, self.id = stage, address, number, ""
        self.greeting = ""

    def say(self, words: str) -> str:
        before = len(self._thread())
        self.stage.phone.text(words, self.number)
        return self._since(before)

    def choose(self, choice: str, offered: list[str]) -> str:
        """Texts the number in front of it."""
        return self.say(str(offered.index(choice) + 1))

    def prove(self, proof: dict[str, str], person: Person | None) -> str:
        """Fills in the page behind the link of the last text that had one."""
        link = [found[0] for one in self._thread() if (found := re.search(r"https?://\S+/verify/\S+", one))][
            -1
        ]
        before, path = len(self._thread()), link.split("example.org")[1]
        shown = self.stage.http.post(path, data=proof, headers={"X-Story-Address": self.address})
        return self._since(before) or re.sub(r"<[^>]+>", " ", shown.text)

    def _since(self, before: int) -> str:
        self.stage.settle()
        return " ".join(self._thread()[before:])

    def _thread(self) -> list[str]:
        return self.stage.phone.texts(self.number)


class Call:
    """A telephone call."""

    channel = "voice"

    def __init__(self, stage: Stage, number: str) -> None:
        self.stage, self.id = stage, ""
        self.call: PhoneCall = stage.phone.call(number)
        self.greeting = self.call.heard

    def say(self, words: str) -> str:
        return self.call.say(words).heard

    def choose(self, choice: str, offered: list[str]) -> str:
        """Presses its key; a person is always 0."""
        return self.press("0" if choice == "person" else str(offered.index(choice) + 1))

    def press(self, keys: str) -> str:
        return self.call.press(keys).heard

    def silence(self) -> str:
        return self.call.silence().heard

    def hang_up(self) -> str:
        return self.call.hang_up().heard

    def prove(self, proof: dict[str, str], person: Person | None) -> str:
        """Keys the items in, one after the other; what is said after the last."""
        assert person is not None
        keys = person.keys_of_representative() if "caf" in proof else person.keys()
        if proof["tin"] != person.tin:
            keys[0] = proof["tin"].replace("-", "")
        for one in keys:
            said = self.press(one)
        return said


def _text(messages: list[dict[str, Any]]) -> str:
    return " ".join(one["text"] for one in messages if one["from"] != "you")

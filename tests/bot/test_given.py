"""Acts that are done at once need their own words."""

import pytest

from bot.hearing.given import says_stop, says_yes


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop texting me",
        "no me llamen más",
        "ya no quiero mensajes",
        "take me off your list",
        "Unsubscribe",
        "alto",
    ],
)
def test_stop_is_heard(text: str) -> None:
    assert says_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "i don't want my boss to know",
        "stop the levy on my house",
        "end of the month",
        "paren el embargo de mi sueldo",
    ],
)
def test_stopping_something_else_is_not_stop(text: str) -> None:
    assert not says_stop(text)


@pytest.mark.parametrize(
    "text", ["yes", "yeah that's me", "claro que sí", "ándele", "sure thing", "okey, hágalo"]
)
def test_yes_is_heard(text: str) -> None:
    assert says_yes(text)


@pytest.mark.parametrize("text", ["no", "yes but no", "what is a levy", "mejor no", "i got a letter"])
def test_anything_less_is_no_yes(text: str) -> None:
    assert not says_yes(text)

"""What Twilio would refuse is found before it is sent."""

import pytest

from channels.errors import BadTwiml
from channels.twiml_lint import checked, lint

GOOD = '<Response><Say voice="Polly.Joanna-Neural" language="en-US">Hi</Say><Hangup /></Response>'


def response(inside):
    return f"<Response>{inside}</Response>"


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ("not xml", "Not XML"),
        ("<Reply/>", "root"),
        (response("<Speak>hi</Speak>"), "no verb Speak"),
        (response('<Say langauge="en-US">hi</Say>'), "no attribute langauge"),
        (response(f"<Say>{'a' * 4097}</Say>"), "4,096"),
        (response("<Say></Say>"), "says nothing"),
        (response("<Say>Hi &lt;break/&gt; there</Say>"), "SSML"),
        (response('<Say voice="Polly.Mia-Neural" language="en-US">hi</Say>'), "does not speak"),
        (response('<Gather action="https://a.example/x"><Say>hi</Say></Gather>'), "silence would hang up"),
        (response("<Gather><Say>hi</Say></Gather><Hangup/>"), "no action"),
        (response('<Gather action="/next"><Say>hi</Say></Gather><Hangup/>'), "absolute URL"),
        (response("<Redirect>/next</Redirect>"), "absolute URL"),
        (response('<Enqueue waitUrl="/wait">q</Enqueue>'), "absolute URL"),
        (response('<Gather action="https://a.example/x" input="speech" speechTimeout="auto" '
                  'speechModel="phone_call"/><Hangup/>'), "13335"),
        (response('<Gather action="https://a.example/x" input="speech" speechTimeout="0"/><Hangup/>'),
         "13335"),
        (response('<Gather action="https://a.example/x" input="dtmf" hints="a,b"/><Hangup/>'), "keys only"),
        (response('<Gather action="https://a.example/x" input="voice"/><Hangup/>'), "no input"),
        (response('<Gather action="https://a.example/x"><Dial>1</Dial></Gather><Hangup/>'), "inside Gather"),
        (response(f'<Gather action="https://a.example/x" input="speech" hints="{"b" * 101}"/><Hangup/>'),
         "hints"),
        (response("<Hangup/><Say>hi</Say>"), "never reached"),
        (response("<Say>hi</Say>" * 6000), "64 kB"),
    ],
)  # fmt: skip
def test_a_bad_document_is_told_apart(document, complaint):
    assert any(complaint in problem for problem in lint(document))
    with pytest.raises(BadTwiml):
        checked(document)


def test_a_good_document_is_handed_back():
    assert checked(GOOD) == GOOD
    assert checked("<Response/>") == "<Response/>"
    assert checked(response("<Message>hi</Message>"))

"""Only Twilio gets in: the signature covers our own public URL and every pair of the form, once."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData
from twilio.request_validator import RequestValidator

from channels.signature import genuine, genuine_json, genuine_socket, outer_url, sign, socket_url

TOKEN = "12345"
# Twilio's documented example of a signed voice request, with the answer it gives for it.
EXAMPLE_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
EXAMPLE = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
EXAMPLE_SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
URL = "https://line.example/twilio/sms"
FORM = [("MessageSid", "SM1"), ("Body", ""), ("From", "+15550100001"), ("FromCity", "")]


def signed(url=URL, items=FORM, token=TOKEN):
    return sign(url, dict(items), token)


def test_the_example_from_twilios_documentation():
    assert genuine(EXAMPLE_URL, EXAMPLE.items(), EXAMPLE_SIGNATURE, TOKEN)


def test_a_form_with_empty_values_as_starlette_reads_it():
    assert genuine(URL, FormData(FORM).multi_items(), signed(), TOKEN)


@pytest.mark.parametrize("signature", [None, "", "forged", EXAMPLE_SIGNATURE])
def test_a_missing_or_forged_signature(signature):
    assert not genuine(URL, FORM, signature, TOKEN)


@pytest.mark.parametrize(
    "items",
    [
        [*FORM, ("Body", "STOP")],
        [*FORM, ("Body", "")],
        [("Body", "a"), *FORM],
        [*FORM, ("Extra", "1")],
        FORM[:-1],
        [(key, value or "x") for key, value in FORM],
    ],
)
def test_a_doubled_added_dropped_or_changed_field(items):
    assert not genuine(URL, items, signed(), TOKEN)


def test_a_doubled_field_is_refused_even_when_the_last_one_was_signed():
    assert not genuine(URL, [("Body", "a"), ("Body", "b")], sign(URL, {"Body": "b"}, TOKEN), TOKEN)


@pytest.mark.parametrize(
    "url",
    [
        "http://line.example/twilio/sms",
        "https://evil.example/twilio/sms",
        "https://line.example/twilio/sms/",
        "https://line.example/twilio/voice",
        "https://line.example/twilio/sms?x=1",
    ],
)
def test_another_address(url):
    assert not genuine(url, FORM, signed(), TOKEN)


def test_the_default_port_may_be_named():
    assert genuine(URL, FORM, signed("https://line.example:443/twilio/sms"), TOKEN)


def test_two_tokens_while_one_is_being_changed():
    assert genuine(URL, FORM, signed(token="old"), ["new", "old"])
    assert not genuine(URL, FORM, signed(token="older"), ["new", "old"])


def test_no_token_of_ours_means_nobody_gets_in():
    assert not genuine(URL, FORM, sign(URL, dict(FORM), ""), "")
    assert not genuine(URL, FORM, signed(), [])


def test_a_shared_key_with_the_newer_algorithm():
    newer = RequestValidator(TOKEN).compute_signature(URL, dict(FORM), "HMAC_SHA256")
    settings = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    assert genuine(URL, FORM, newer, TOKEN, settings=settings)
    assert not genuine(URL, FORM, newer, TOKEN)
    assert not genuine(URL, FORM, newer, TOKEN, settings="algorithm=NONE")


def test_json_needs_its_hash_in_the_url():
    body = '{"a": "é"}'.encode()
    url = URL + "?bodySHA256=" + hashlib.sha256(body).hexdigest()
    assert genuine_json(url, body, sign(url, {}, TOKEN), TOKEN)
    assert not genuine_json(url, body + b" ", sign(url, {}, TOKEN), TOKEN)
    assert not genuine_json(URL, body, sign(URL, {}, TOKEN), TOKEN)
    assert not genuine_json(url + "&bodySHA256=0", body, sign(url + "&bodySHA256=0", {}, TOKEN), TOKEN)


def test_a_websocket_is_signed_over_wss():
    url = socket_url("https://line.example/", "/twilio/relay")
    assert url == "wss://line.example/twilio/relay"
    assert genuine_socket(url, sign(url, {}, TOKEN), TOKEN)
    assert not genuine_socket("https://line.example/twilio/relay", sign(url, {}, TOKEN), TOKEN)
    assert not genuine_socket(url, None, TOKEN)


def test_the_outer_url_is_ours_and_keeps_path_and_query_as_they_came():
    assert outer_url("https://line.example/", "/twilio/a%20b", "x=1&y=%2F") == (
        "https://line.example/twilio/a%20b?x=1&y=%2F"
    )


@given(
    st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=20), max_size=5), st.text(max_size=30)
)
def test_what_twilio_signs_is_taken_and_any_other_signature_is_not(fields, other):
    right = sign(URL, fields, TOKEN)
    assert genuine(URL, fields.items(), right, TOKEN)
    assert genuine(URL, fields.items(), other, TOKEN) is (other == right)

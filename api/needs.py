"""The words the doors themselves say, each with the facts it is given; a test looks that domain.yml has them all."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "utter_demo_notice", "utter_spanish_offer", "utter_how_help", "utter_closed", "utter_ended",
            "utter_sms_stop", "utter_sms_start", "utter_sms_help", "utter_degraded", "utter_degraded_again",
            "utter_one_moment", "utter_line_failed", "utter_wait_long", "utter_in_queue", "utter_person_joined", "utter_back_in_line",
            "utter_hold", "utter_hold_agent", "utter_hold_call_back", "utter_verified", "utter_identity_wrong", "utter_identity_limit", "utter_no_is_fine",
            "utter_what_next", "utter_key_tin",
            "utter_key_date_of_birth", "utter_key_zip", "utter_key_caller_id", "utter_key_again", "utter_text_cut",
            "utter_number_hidden", "utter_empty", "utter_not_heard", "utter_use_keys", "utter_heard_wrong",
            "utter_distress", "utter_distress_person", "utter_to_person", "utter_wait_unknown", "utter_say_again",
            "utter_language_changed", "utter_calls_stopped", "utter_more_offer", "utter_key_not_offered",
        ),
        (),
    ),
    "utter_greeting": ("operator",),
    "utter_sms_hello": ("operator",),
    "utter_sms_too_many": ("most",),
    "utter_transfer_pin": ("pin",),
    "utter_reminder_text": ("operator",),
    "utter_rest": ("rest",),
    "utter_reminder_call": ("operator",),
    "utter_callback_call": ("operator",),
    "utter_identity_link": ("link", "minutes"),
    "utter_sheet_link": ("link",),
    "utter_sheet_texted": (),
    "utter_record_link": ("operator", "link"),
    "utter_wait_range": ("least", "most"),
    "utter_hold_range": ("least", "most"),
    "utter_hold_call_back_kept": ("minutes",),
    "utter_press_key": ("choice", "key"),
    "utter_heard_amount": ("amount",),
    "utter_did_i_hear": ("heard",),
}  # fmt: skip

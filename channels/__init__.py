"""The same answer for phone, text and screen; everything that knows Twilio lives here."""

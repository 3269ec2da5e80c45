"""A stand-in for Twilio, below its official client: real requests, real signatures, real refusals, no account."""

"""The doors of the line: web chat, texts, calls, the agents' console. Verify, keep, acknowledge, answer."""

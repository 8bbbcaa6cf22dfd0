"""OpenAI's Responses API over every provider: passed through to OpenAI, as chat completions to all others."""

"""The gateway: any OpenAI client asks through it, with routing, budgets, limits and the log of every other call."""

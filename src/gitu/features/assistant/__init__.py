"""Conversations: sessions, turns that stream and survive, actions as the model's tools, slash commands."""

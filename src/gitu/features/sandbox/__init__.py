"""The sandbox that commands of people and of the assistant run in."""

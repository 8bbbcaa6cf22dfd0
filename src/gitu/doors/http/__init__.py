"""The HTTP door: REST derived from the actions, WebSocket, health, and the web app's files."""

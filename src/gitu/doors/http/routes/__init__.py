"""Routes that can't be derived from an action alone: cookies, streams, files."""

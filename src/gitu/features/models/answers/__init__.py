"""Answers of models that are kept for a while, so that the same question is not paid for twice."""

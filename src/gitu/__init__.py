"""Gitu: a self-hosted assistant with the workbench behind it."""

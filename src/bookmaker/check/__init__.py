"""Checking: what an editor should know before anything is printed."""

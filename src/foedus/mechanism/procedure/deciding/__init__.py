"""Deciding: what each command brings about, or which clause refuses it."""

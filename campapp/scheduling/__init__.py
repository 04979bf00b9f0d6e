"""Scheduling: confirmed matches become meetings at a table in a slot, published in versions."""

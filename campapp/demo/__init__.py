"""The demo park: its own data, planted by the same actions that people use."""

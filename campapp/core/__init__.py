"""What every room stands on: the action and its event, sight, the outbox, jobs, forms, lists, time and text.

Core knows no room: rooms register what core must know of them.
"""

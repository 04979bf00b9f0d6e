"""Meetings in slots at tables: who meets when, with as few breaks, moves and changes of table as can be.

The contract is `contract.py`, the way through is `engine.py`; every other module is one step of it.
"""

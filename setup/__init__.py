"""Set-up: from a bare machine with Python and make to a running campapp.

Everything here runs before anything is installed, so it imports the standard library only.
"""

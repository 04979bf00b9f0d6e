"""The desk: each role's next thing to do, and search everywhere."""

"""The whole park as one file: backup and restore, on either database."""

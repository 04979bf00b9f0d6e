"""Exchange: spreadsheets in and out, backup and restore."""

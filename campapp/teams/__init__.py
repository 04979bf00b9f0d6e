"""Teams: people who work together; captain, contact, presenter, member."""

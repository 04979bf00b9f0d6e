"""Park: set up once, its settings, its audit log, and whether it is well."""

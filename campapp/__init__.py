"""campapp: an innovation park's year in one place, from registration to what came of it."""

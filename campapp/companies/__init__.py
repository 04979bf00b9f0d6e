"""Companies: what a leading company is, who represents it, its needs and the technologies it opens."""

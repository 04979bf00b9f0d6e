"""Applications in order by their reviews: mean, trimmed, z-score, and judges calibrated against each other."""

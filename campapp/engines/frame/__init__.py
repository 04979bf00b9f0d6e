"""What all five engines share: one way in, one way out, and the limits in between."""

"""What the demo park is made of: written for it, in both languages."""

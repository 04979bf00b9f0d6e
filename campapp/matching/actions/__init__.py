"""What happens to matches, by noun."""

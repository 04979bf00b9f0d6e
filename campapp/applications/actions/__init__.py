"""What happens to applications, by noun."""

"""What happens to outcomes, by noun."""

"""What happens to programmes, by noun."""

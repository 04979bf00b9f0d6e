"""What organisers and companies type about a programme, by noun."""

"""What happens when spreadsheets are taken in."""

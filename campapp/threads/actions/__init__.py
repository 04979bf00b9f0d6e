"""What happens in threads: asked, written, read, taken back, answered in public."""

"""What happens to dues: asked, given, unlocked, reminded of."""

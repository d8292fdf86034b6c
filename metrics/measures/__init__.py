"""What is computed from figures: pure functions from frames to values."""

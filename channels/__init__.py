"""The ways in and out of Langelis."""

"""What `make` runs: the environment, the server, and what tests need. Standard library only."""

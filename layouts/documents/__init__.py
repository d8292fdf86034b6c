"""What is made to be read away from the pages: content first, then each form of it."""

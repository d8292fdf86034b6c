"""One module for each way in which publishers serve figures."""

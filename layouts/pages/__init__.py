"""One module for each kind of page: `build(request)` gives the page for an address."""

"""The public site as files: every page as it is at one moment, for any web server."""

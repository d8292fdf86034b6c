"""From a publisher's file to the store: fetched, kept, made tidy, checked and loaded."""

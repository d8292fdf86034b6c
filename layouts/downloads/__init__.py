"""What can be taken away from a page: charts as pictures, tables as files, charts to embed."""

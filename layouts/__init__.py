"""How the figures are shown: charts, components, pages, documents."""

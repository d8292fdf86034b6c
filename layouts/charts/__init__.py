"""From figures to charts: which marks stand for which published figures. Pure functions.

`layouts.figures` draws what these functions describe.
"""

"""Slackwater: is a company's presence in a place growing or being wound down, and who says so?"""

__version__ = "0.1.0"

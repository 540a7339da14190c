"""The report's words: tables in, sentences, tables and quotations out. Every number in them is computed."""

from slackwater.findings.bottom import bottom_line, turning_point, what_would_change_it
from slackwater.findings.quotes import pages
from slackwater.findings.story import Story, open_story

__all__ = ["Story", "bottom_line", "open_story", "pages", "turning_point", "what_would_change_it"]

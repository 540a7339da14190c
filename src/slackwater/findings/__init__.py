"""The report's words: tables in; sentences, tables and quotations out. Every number in them is computed."""

from slackwater.findings.accounts import agreement, claims_table, firmness, sites, themes, voices
from slackwater.findings.bottom import bottom_line, headline
from slackwater.findings.method import (
    accuracy,
    glossary,
    likelihoods,
    limits,
    making,
    method,
    parts,
    what_changed,
)
from slackwater.findings.quotes import pages
from slackwater.findings.sources import (
    analyst,
    cleaned,
    cleaning,
    faults,
    reasons,
    sources,
    sources_summary,
    tone,
)
from slackwater.findings.story import Story, open_story
from slackwater.findings.turning import turning_point, what_would_change_it

__all__ = [
    "Story",
    "accuracy",
    "agreement",
    "analyst",
    "bottom_line",
    "claims_table",
    "cleaned",
    "cleaning",
    "faults",
    "firmness",
    "glossary",
    "headline",
    "likelihoods",
    "limits",
    "making",
    "method",
    "open_story",
    "pages",
    "parts",
    "reasons",
    "sites",
    "sources",
    "sources_summary",
    "themes",
    "tone",
    "turning_point",
    "voices",
    "what_changed",
    "what_would_change_it",
]

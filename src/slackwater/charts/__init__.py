"""The report's figures: tables in, a drawing out that carries its own alternative text and caption."""

from slackwater.charts.chart import Chart
from slackwater.charts.rows import kept, tone
from slackwater.charts.tallies import certainty, speakers, themes
from slackwater.charts.tide import tide
from slackwater.charts.timeline import claims

__all__ = ["Chart", "certainty", "claims", "kept", "speakers", "themes", "tide", "tone"]

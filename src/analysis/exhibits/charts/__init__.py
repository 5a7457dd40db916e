"""Every chart: an analysis' table in, an exhibit out.

One style (`style`): no frame, no legend where a label can stand beside what it names, the finding as caption.
"""

from analysis.exhibits.charts.chains import chain_graph
from analysis.exhibits.charts.contributions import city_shares, coverage_matrix, foreign_capital, rank_strip
from analysis.exhibits.charts.economics import payback_curves, project_bubbles
from analysis.exhibits.charts.projects import pipeline, timeline
from analysis.exhibits.charts.series import through_time
from analysis.exhibits.charts.summary import summary

__all__ = [
    "chain_graph",
    "city_shares",
    "coverage_matrix",
    "foreign_capital",
    "payback_curves",
    "pipeline",
    "project_bubbles",
    "rank_strip",
    "summary",
    "through_time",
    "timeline",
]

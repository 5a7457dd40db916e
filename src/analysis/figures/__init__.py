"""Every chart: an analysis' table in, an exhibit out.

One style (`style`): no frame, no legend where a label can stand beside what it names, the finding as caption.
"""

from analysis.figures.chains import chain_graph
from analysis.figures.contributions import city_shares, coverage_matrix, foreign_capital, rank_strip
from analysis.figures.economics import payback_curves, project_bubbles
from analysis.figures.projects import pipeline, timeline
from analysis.figures.series import through_time
from analysis.figures.summary import summary

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

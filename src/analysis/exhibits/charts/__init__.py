"""Every chart: an analysis' table in, an exhibit out.

One style (`style`): no frame, no legend where a label can stand beside what it names, the finding as caption.
"""

from analysis.exhibits.charts.chains import chain_graph
from analysis.exhibits.charts.concentration import concentration
from analysis.exhibits.charts.contributions import city_shares, coverage_matrix, rank_strip
from analysis.exhibits.charts.economics import project_bubbles
from analysis.exhibits.charts.payback import payback_curves
from analysis.exhibits.charts.projects import pipeline
from analysis.exhibits.charts.series import before_and_after, through_time
from analysis.exhibits.charts.standing import standing
from analysis.exhibits.charts.zone_growth import growth
from analysis.exhibits.charts.zone_series import zones_through_time
from analysis.exhibits.charts.zones import ranking

__all__ = [
    "before_and_after",
    "chain_graph",
    "city_shares",
    "concentration",
    "coverage_matrix",
    "growth",
    "payback_curves",
    "pipeline",
    "project_bubbles",
    "rank_strip",
    "ranking",
    "standing",
    "through_time",
    "zones_through_time",
]

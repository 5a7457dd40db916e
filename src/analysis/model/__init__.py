"""Figures on one footing, and what follows from them."""

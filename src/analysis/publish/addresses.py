"""Where the book stands for others, its site and its sources: set in `_config.yml` and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

BELOW = "ANALYSIS_BELOW"  # names the folder of the book where the site holds many
Settings = dict[str, Any]


def settings(project: Path) -> Settings:
    """What `_config.yml` says."""
    found: Settings = yaml.safe_load((project / "_config.yml").read_text("utf-8"))
    return found


def site(settings: Settings) -> str:
    """The address of the book's site, with a slash at its end; empty where none is named.

    >>> site({"html": {"baseurl": "https://example.org/book"}})
    'https://example.org/book/'
    """
    named = settings["html"].get("baseurl")
    below = os.environ.get(BELOW)
    return f"{named.rstrip('/')}/{quote(below) + '/' if below else ''}" if named else ""


def binder(settings: Settings) -> str:
    """The address of the sources at a Binder; empty where no repository is named.

    >>> binder({"repository": {"url": "https://git.example/zones"}, "launch_buttons": {"binderhub_url": "https://hub"}})
    'https://hub/v2/git/https%3A%2F%2Fgit.example%2Fzones/main'
    """
    repository, hub = settings.get("repository", {}), settings.get("launch_buttons", {}).get("binderhub_url")
    if not (repository.get("url") and hub):
        return ""
    return f"{hub.rstrip('/')}/v2/git/{quote(repository['url'], safe='')}/{repository.get('branch') or 'main'}"

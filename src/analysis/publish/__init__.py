"""From notebooks to HTML and PDF: the only part of the project that knows Sphinx."""

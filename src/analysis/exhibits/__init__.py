"""What a notebook shows: an analysis' table in, an exhibit out."""

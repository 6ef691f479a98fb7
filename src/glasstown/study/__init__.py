"""Studies: cases, pairs of worlds, ensembles, statistics, and the folder in which a run is kept."""

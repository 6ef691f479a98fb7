"""What glasstown's speed is measured against, and how. Run ``python bench/run.py``."""

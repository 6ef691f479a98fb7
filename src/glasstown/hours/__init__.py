"""The hours of a day: each joins a few chapters, and day.py joins the hours."""

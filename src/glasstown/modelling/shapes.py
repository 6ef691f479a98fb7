"""The types of what rules are handed, made by ``running.shape`` as models ask for them: a home from which they can be found again."""

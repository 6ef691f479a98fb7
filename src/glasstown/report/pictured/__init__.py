"""Pictures of published models, each drawn the way its paper draws it: ``draw(series)``, with a title and a text for who cannot see it."""

"""Who lives here: a recipe of aggregate shares becomes an invented society."""

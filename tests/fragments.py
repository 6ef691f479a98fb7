"""Pieces of policy files, from which tests put files together."""

HEAD = 'schema_version = 1\nname = "mine"\ntitle = "Mine"\nfidelity = "scenario"\n'
GRADE = 'grade = "scenario"\nreason = "a test"\n'
SCORE = f"[score]\nbase = 1000\nlow = 0\nhigh = 1100\n{GRADE}"
VIEW = f'[[rule]]\ndeed = "holds_view"\nsensors = ["inference"]\n{GRADE}'
CLOSE = f'[[rule]]\ndeed = "close_to_marked"\nthrough = "kin"\n{GRADE}'
RULE = f'[[rule]]\ndeed = "hides_assets"\nsensors = ["enforcement"]\n{GRADE}'
VIEWS = f"[views]\nfrom = -0.5\n{GRADE}"
GUARD = f"[safeguards]\n{GRADE}"
TELLS = f'[[rule]]\ndeed = "insults_online"\nsensors = ["neighbours"]\n{GRADE}'
ORDER = f'[[rule]]\ndeed = "by_order"\norder_day = 50\norder_share = 0.5\n{GRADE}'
GROWS = f"[rollout]\nevery_days = 90\n{GRADE}"
PAYS = f"[reports]\nreward_cents = 5\n{GRADE}"
CAMERA = f'[[watch]]\nsensor = "camera"\n{GRADE}'
NAMED = f'[[rule]]\ndeed = "high_risk"\ndetain_days = 5\n{GRADE}'
MODEL = f"[risk]\nevery_days = 60\ndistance = [1.0, 1.0]\nnamed_share = 0.1\n{GRADE}"

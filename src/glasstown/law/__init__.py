"""What bodies of law ask of a policy, read clause by clause; information, and no legal advice."""

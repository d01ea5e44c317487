"""The workshop: everything true about a session."""

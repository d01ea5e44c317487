"""Where facts are kept: the log, and the register of sessions, codes and grants."""

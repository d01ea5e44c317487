"""The rules, pure: no clock, no chance, no waiting, no input or output."""

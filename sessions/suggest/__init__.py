"""What may belong together: likenesses found on this machine, offered to people and never applied."""

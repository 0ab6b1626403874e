"""The program behind ./dupq: the Python standard library only."""

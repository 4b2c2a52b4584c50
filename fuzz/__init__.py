"""Harnesses for atheris, which looks for inputs that lead where none has been: ``python -m fuzz NAME``."""

"""The version, apart from the package's own module so that an output can name it without importing what composes it."""

__version__ = "0.1.0"

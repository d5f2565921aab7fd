"""The Django project: wiring only. The domain lives in `portfolio`."""

__version__ = "0.1.0"

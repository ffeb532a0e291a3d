"""The same work by other means: nothing here uses ``pages/``, ``robots/`` or ``engine/``."""

"""How much may be asked at once, as parameters, documentation and command line say it alike."""

MAX_ZOEK = 2000
MAX_AANTAL = 100
DEFAULT_AANTAL = 20
MAX_VALUES = 100

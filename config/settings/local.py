"""`make run`: everything on one machine, with the demo county unless DEMO=0."""

from config.settings.base import *

DEBUG = env.bool("DEBUG", default=False)
GALLERY = True

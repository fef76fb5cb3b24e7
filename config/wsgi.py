"""What gunicorn serves. A worker reads everything a first page would wait for before it takes requests."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

application = get_wsgi_application()

from config.warming import warm_up  # noqa: E402  # imports applications

warm_up()
gc.collect()
gc.freeze()  # what is there now stays: the collector need not walk through it on every round

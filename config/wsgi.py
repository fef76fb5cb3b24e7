"""What gunicorn serves. A worker reads everything a first page would wait for before it takes requests."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
os.environ.setdefault("LOCK_TIMEOUT", "4s")  # somebody waits for the page; services wait 3 s for their rows
os.environ.setdefault("STATEMENT_TIMEOUT", "30s")

django_application = get_wsgi_application()

from config.warming import warm_up  # noqa: E402  # imports applications
from core.door import guarded  # noqa: E402

application = guarded(django_application)
warm_up()
gc.collect()
gc.freeze()  # what is there now stays: the collector need not walk through it on every round,
gc.set_threshold(5_000, 20, 20)  # nor after every 700 objects: 1.8 ms of a page became 0.6

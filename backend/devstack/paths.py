"""Where things are in the checkout."""

from pathlib import Path

BACKEND = Path(__file__).resolve().parent.parent
ROOT = BACKEND.parent
FRONTEND = ROOT / "frontend"
SPA = FRONTEND / "dist"
NGINX_TEMPLATES = ROOT / "nginx" / "templates"

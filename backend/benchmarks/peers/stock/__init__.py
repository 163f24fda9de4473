"""A stock DRF project: what `startproject` and the tutorials give."""

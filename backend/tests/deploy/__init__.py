"""Deployment files, without what they deploy to."""

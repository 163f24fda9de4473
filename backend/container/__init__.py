"""What only containers need: first-start secrets and health checks."""

"""The probe on live models."""

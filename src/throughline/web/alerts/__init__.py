"""Alerts: the board a team works from, and one alert's page."""

"""Starts, watches and stops everything the product needs on one machine. Pure Python, no Django."""

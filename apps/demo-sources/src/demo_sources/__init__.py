"""Plays the sources of the flights domain: monthly files, an operational database and a weather API."""

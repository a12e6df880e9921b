"""The catalogue: what is known about photos, files and folders. All SQL of Souvenir is in here."""

"""From a file's bytes to what the rest of Souvenir needs of a photo."""

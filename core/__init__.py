"""Everything of Souvenir that works without a screen."""

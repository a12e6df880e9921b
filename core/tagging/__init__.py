"""Labels in people's own words: classifiers, relevance, learning from corrections, label files."""

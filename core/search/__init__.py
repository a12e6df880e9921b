"""What a person types becomes photos: the query language, ranking and the relevance cut-off."""

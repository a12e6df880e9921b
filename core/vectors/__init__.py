"""Nearest neighbours: which embeddings are closest to a vector, exactly or by HNSW."""

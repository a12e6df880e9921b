"""The page one browses on: which photos are shown, and what stands over them."""

"""The pipeline that turns files into searchable photos."""

"""Filing: copying, moving, renaming and exporting the files of photos, so that nothing is lost."""

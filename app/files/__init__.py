"""The files of photos: copied, moved, renamed, exported, thrown away, handed to other programs."""

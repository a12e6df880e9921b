"""Models: which there are, how they are installed, and how photos and texts become vectors.

`openclip` is the only package that imports torch and open_clip; texts are embedded without either.
"""

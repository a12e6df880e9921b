"""What PyInstaller takes of torch beside what contents.py says.

It stands for the hook of PyInstaller's collection, which takes headers, sources and tests too.
"""

# torch finds its libraries beside each other, in torch/lib.
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]

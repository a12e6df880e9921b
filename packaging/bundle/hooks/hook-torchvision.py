"""What PyInstaller takes of torchvision: no compiled operators; see contents.py."""

excludedimports = ["torchvision._C"]

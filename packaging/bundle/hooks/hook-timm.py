"""What PyInstaller takes of timm: modules, without their sources."""

module_collection_mode = "pyz"

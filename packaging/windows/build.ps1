# Makes the installer for Windows: dist\souvenir-VERSION-windows-x64.exe
#
#   powershell -File packaging\windows\build.ps1 [-Variant cpu|gpu]
#
# Needs Python 3.11 or newer, Microsoft's C++ build tools (hnswlib is compiled) and Inno Setup 6.
# With CERTIFICATE_THUMBPRINT set, programs and installer are signed. Run it in the project's root.
param([ValidateSet('cpu', 'gpu')][string]$Variant = 'cpu')
$ErrorActionPreference = 'Stop'

function Invoke-Checked([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

$place = "build\bundle\$Variant"
$python = "$place\env\Scripts\python.exe"
$constraints = "packaging\bundle\constraints-$Variant.txt"
if (-not $env:SOURCE_DATE_EPOCH) { $env:SOURCE_DATE_EPOCH = git log -1 --format=%ct }
$env:PYTHONHASHSEED = '0'

if (-not (Test-Path "$place\env\.ready")) {
    Invoke-Checked 'py' @('-3', '-m', 'venv', '--clear', "$place\env")
    Invoke-Checked $python @('-m', 'pip', 'install', '--quiet', '--constraint', $constraints, 'torch', 'torchvision')
    Invoke-Checked $python @('-m', 'pip', 'install', '--quiet', '--constraint', $constraints, '.', 'pyinstaller')
    New-Item -ItemType File "$place\env\.ready" | Out-Null
}
Invoke-Checked $python @('-m', 'pip', 'install', '--quiet', '--force-reinstall', '--no-deps', '.')
Invoke-Checked $python @('packaging\icons.py', 'build\bundle\icons')
Invoke-Checked "$place\env\Scripts\pyinstaller.exe" @('--noconfirm', '--log-level', 'WARN',
    '--distpath', "$place\dist", '--workpath', "$place\work", 'packaging\bundle\souvenir.spec')
Invoke-Checked $python @('packaging\inventory.py', "$place\work\souvenir\contents.json", "$place\dist\souvenir")
if (Test-Path "$place\souvenir") { Remove-Item -Recurse -Force "$place\souvenir" }
Move-Item "$place\dist\souvenir" "$place\souvenir"
Invoke-Checked "$place\souvenir\souvenir.exe" @('--selftest')

if ($env:CERTIFICATE_THUMBPRINT) {
    Get-ChildItem "$place\souvenir\*.exe" | ForEach-Object {
        Invoke-Checked 'signtool' @('sign', '/sha1', $env:CERTIFICATE_THUMBPRINT, '/fd', 'sha256', $_.FullName)
    }
}
$version = & $python -c "from importlib.metadata import version; print(version('souvenir'))"
Invoke-Checked 'ISCC' @("/DVersion=$version", "/DBundle=..\..\$place\souvenir", 'packaging\windows\souvenir.iss')
$installer = "dist\souvenir-$version-windows-x64.exe"
if ($env:CERTIFICATE_THUMBPRINT) {
    Invoke-Checked 'signtool' @('sign', '/sha1', $env:CERTIFICATE_THUMBPRINT, '/fd', 'sha256', $installer)
}
Write-Output $installer

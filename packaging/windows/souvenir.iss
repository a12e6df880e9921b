; The installer for Windows, made with Inno Setup 6.3 or newer. packaging/windows/build.ps1 runs it:
;   ISCC /DVersion=0.1.0 /DBundle=..\..\build\bundle\cpu\souvenir souvenir.iss

#ifndef Version
  #error Name the version: /DVersion=0.1.0
#endif
#ifndef Bundle
  #define Bundle "..\..\build\bundle\cpu\souvenir"
#endif

[Setup]
AppId={{6D0F4C1B-7B0E-4B5B-9E0E-3C6C5D0A4F21}
AppName=Souvenir
AppVersion={#Version}
AppPublisher=The authors of Souvenir
DefaultDirName={autopf}\Souvenir
DefaultGroupName=Souvenir
DisableProgramGroupPage=yes
UninstallDisplayIcon={app}\Souvenir window.exe
; Of what is installed as a whole; Souvenir itself is under the MIT licence, see LICENCES.txt in it.
LicenseFile=..\licences\GPL-3.0.txt
OutputDir=..\..\dist
OutputBaseFilename=souvenir-{#Version}-windows-x64
SetupIconFile=..\..\build\bundle\icons\souvenir.ico
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
; For this person alone, without an administrator, unless they choose otherwise.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesEnvironment=yes
ChangesAssociations=yes

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "path"; Description: "Have 'souvenir' understood in the command prompt"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; What an older version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Souvenir"; Filename: "{app}\Souvenir window.exe"; AppUserModelID: "io.github.souvenir.Souvenir"
Name: "{autodesktop}\Souvenir"; Filename: "{app}\Souvenir window.exe"; Tasks: desktopicon

[Registry]
; Among the programs that can open a photo; the person's own choice is left alone.
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Souvenir"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\shell\open\command"; ValueType: string; ValueData: """{app}\Souvenir window.exe"" gui ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\SupportedTypes"; ValueType: string; ValueName: ".heic"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\SupportedTypes"; ValueType: string; ValueName: ".avif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\SupportedTypes"; ValueType: string; ValueName: ".jxl"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\Souvenir window.exe\SupportedTypes"; ValueType: string; ValueName: ".dng"; ValueData: ""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NotOnPath

[Run]
Filename: "{app}\Souvenir window.exe"; Description: "{cm:LaunchProgram,Souvenir}"; Flags: nowait postinstall skipifsilent

[Code]
function OnPath(var Path: string): Boolean;
begin
  Result := RegQueryStringValue(HKCU, 'Environment', 'Path', Path)
    and (Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Path) + ';') > 0);
end;

function NotOnPath: Boolean;
var
  Path: string;
begin
  Result := not OnPath(Path);
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Path, Place: string;
begin
  if Step = usPostUninstall then
  begin
    if OnPath(Path) then
    begin
      Place := ';' + ExpandConstant('{app}');
      StringChangeEx(Path, Place, '', True);
      RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Path);
    end;
    if not UninstallSilent then
      MsgBox('Souvenir is removed. Your photos and your library are left alone: the library is in '
        + ExpandConstant('{localappdata}\souvenir')
        + ', unless you chose another place. Delete it by hand if you want to.',
        mbInformation, MB_OK);
  end;
end;

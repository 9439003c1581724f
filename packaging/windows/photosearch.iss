; Windows' installer, by Inno Setup 6: iscc /DVersion=0.1.0 packaging\windows\photosearch.iss
; For one user, without administrator's rights. Uninstalling leaves what is in %LOCALAPPDATA%\photosearch
; (libraries, downloaded encoders): it is the user's.
; Signing: iscc "/Ssign=signtool sign /fd sha256 /tr URL $f" /DSigned …

#ifndef Version
  #error /DVersion= is missing
#endif

[Setup]
AppId={{6D0B7B0C-6E0B-4C7F-9C55-6E2C8E0A3B51}
AppName=PhotoSearch
AppVersion={#Version}
AppPublisher=The PhotoSearch authors
DefaultDirName={autopf}\PhotoSearch
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
Compression=lzma2/normal
SolidCompression=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=PhotoSearch-{#Version}-windows
SetupIconFile=..\..\build\icons\photosearch.ico
UninstallDisplayIcon={app}\photosearch-gui.exe
WizardStyle=modern
#ifdef Signed
SignTool=sign
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Files]
#ifdef Signed
Source: "..\..\dist\PhotoSearch\photosearch*.exe"; DestDir: "{app}"; Flags: ignoreversion signonce
Source: "..\..\dist\PhotoSearch\*"; DestDir: "{app}"; Excludes: "photosearch*.exe"; Flags: ignoreversion recursesubdirs
#else
Source: "..\..\dist\PhotoSearch\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs
#endif

[Icons]
Name: "{autoprograms}\PhotoSearch"; Filename: "{app}\photosearch-gui.exe"

[Registry]
; "Open with PhotoSearch" for pictures, and in the menu of folders. No default is changed.
Root: HKA; Subkey: "Software\Classes\Applications\photosearch-gui.exe\shell\open\command"; ValueType: string; ValueData: """{app}\photosearch-gui.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\image\OpenWithList\photosearch-gui.exe"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\PhotoSearch"; ValueType: string; ValueData: "PhotoSearch"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\PhotoSearch"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\photosearch-gui.exe"
Root: HKA; Subkey: "Software\Classes\Directory\shell\PhotoSearch\command"; ValueType: string; ValueData: """{app}\photosearch-gui.exe"" ""%1"""

[Run]
Filename: "{app}\photosearch-gui.exe"; Description: "{cm:LaunchProgram,PhotoSearch}"; Flags: nowait postinstall skipifsilent

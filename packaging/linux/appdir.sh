#!/bin/sh
# Make build/PhotoSearch.AppDir of PyInstaller's folder (dist/PhotoSearch): a folder that starts by
# its AppRun from anywhere, and what appimagetool makes an AppImage of.
set -e
cd "$(dirname "$0")/../.."
id=org.photosearch.PhotoSearch
app=build/PhotoSearch.AppDir
rm -rf "$app"
mkdir -p "$app/usr/lib" "$app/usr/share/applications" "$app/usr/share/metainfo"
cp -a dist/PhotoSearch "$app/usr/lib/photosearch"
cp -r build/icons/icons "$app/usr/share/icons"
cp packaging/desktop/$id.desktop "$app/usr/share/applications/"
cp packaging/desktop/$id.metainfo.xml "$app/usr/share/metainfo/"
ln -s usr/share/applications/$id.desktop "$app/$id.desktop"
ln -s usr/share/icons/hicolor/256x256/apps/$id.png "$app/$id.png"
cat > "$app/AppRun" <<'RUN'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/usr/lib/photosearch/photosearch-gui" "$@"
RUN
chmod +x "$app/AppRun"
echo "$app"

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AboutPanel</name>
    <message>
        <source>About PhotoSearch</source>
        <translation>Über PhotoSearch</translation>
    </message>
    <message>
        <source>Find your own photos by saying what is in them. Everything happens on this computer.</source>
        <translation>Finden Sie Ihre eigenen Fotos, indem Sie sagen, was darauf ist. Alles geschieht auf diesem Computer.</translation>
    </message>
    <message>
        <source>Find your own photos by saying what is in them. What was learned of them lies on a server that you share with others.</source>
        <translation>Finden Sie Ihre Fotos, indem Sie sagen, was darauf ist. Was über sie bekannt ist, liegt auf einem Server, den Sie mit anderen teilen.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Your library</source>
        <translation>Ihre Bibliothek</translation>
    </message>
    <message>
        <source>Settings and models</source>
        <translation>Einstellungen und Modelle</translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>Modelle auf diesem Computer</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Erstellt mit</translation>
    </message>
    <message>
        <source>Show the library&apos;s folder</source>
        <translation>Ordner der Bibliothek zeigen</translation>
    </message>
    <message>
        <source>Copy all this</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>Nach neuen Fotos suchen</translation>
    </message>
    <message>
        <source>Duplicates…</source>
        <translation>Duplikate…</translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>Größere Vorschaubilder</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>Kleinere Vorschaubilder</translation>
    </message>
    <message>
        <source>Saved searches…</source>
        <translation>Gespeicherte Suchen…</translation>
    </message>
    <message>
        <source>Teach a tag…</source>
        <translation>Ein Schlagwort beibringen…</translation>
    </message>
    <message>
        <source>Show near-duplicates</source>
        <translation>Fast gleiche Fotos zeigen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Side bar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to what was before</source>
        <translation>Zurück zum Vorigen</translation>
    </message>
    <message>
        <source>Large view</source>
        <translation>Große Ansicht</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche finden</translation>
    </message>
    <message>
        <source>Find what is like a part of it…</source>
        <translation>Finden, was einem Teil davon gleicht…</translation>
    </message>
    <message>
        <source>Why this photo?</source>
        <translation>Warum dieses Foto?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Schlagwörter…</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>Keine Sterne</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Problem files…</source>
        <translation>Problemdateien…</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>Tasten…</translation>
    </message>
    <message>
        <source>About PhotoSearch</source>
        <translation>Über PhotoSearch</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>&amp;Foto</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
</context>
<context>
    <name>AlbumMenu</name>
    <message>
        <source>Put into an album</source>
        <translation>In ein Album legen</translation>
    </message>
    <message>
        <source>New album…</source>
        <translation>Neues Album…</translation>
    </message>
</context>
<context>
    <name>Arranging</name>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Nach Tag</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>Nach Monat</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Nach Ordner</translation>
    </message>
    <message>
        <source>Order of the photos</source>
        <translation>Reihenfolge der Fotos</translation>
    </message>
    <message>
        <source>Groups of photos</source>
        <translation>Gruppen der Fotos</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>Browser</name>
    <message>
        <source>this one</source>
        <translation>diesem</translation>
    </message>
</context>
<context>
    <name>ChipBar</name>
    <message>
        <source>Parts of the search</source>
        <translation>Teile der Suche</translation>
    </message>
    <message>
        <source>Take “{part}” out of the search</source>
        <translation>„{part}“ aus der Suche nehmen</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Compare two photos</source>
        <translation>Zwei Fotos vergleichen</translation>
    </message>
    <message>
        <source>The two photos</source>
        <translation>Die beiden Fotos</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Farther away</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>All of both</source>
        <translation>Beide ganz</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>There is nothing to take back.</source>
        <translation>Es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>Taken back: {what}</source>
        <translation>Zurückgenommen: {what}</translation>
    </message>
    <message>
        <source>No program could be found that opens {name}</source>
        <translation>Es wurde kein Programm gefunden, das {name} öffnet</translation>
    </message>
    <message>
        <source>Show it in its folder and open it from there.</source>
        <translation>Zeigen Sie es in seinem Ordner und öffnen Sie es von dort.</translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation>Pfad kopiert</translation>
    </message>
    <message>
        <source>{n} paths copied</source>
        <translation>{n} Pfade kopiert</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>Bild kopiert</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>About this photo</source>
        <translation>Über dieses Foto</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>Warum es hier ist</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Change tags…</source>
        <translation>Schlagwörter ändern…</translation>
    </message>
    <message>
        <source>No photo is picked</source>
        <translation>Kein Foto ist ausgewählt</translation>
    </message>
    <message>
        <source>Stars, favourites and tags are given to all of them.</source>
        <translation>Sterne, Favoriten und Schlagwörter gelten für alle davon.</translation>
    </message>
    <message>
        <source>Pick a photo to see what is known of it.</source>
        <translation>Wählen Sie ein Foto aus, um zu sehen, was darüber bekannt ist.</translation>
    </message>
    <message>
        <source>You gave it this tag</source>
        <translation>Sie haben ihm dieses Schlagwort gegeben</translation>
    </message>
    <message>
        <source>It is written in the file</source>
        <translation>Es steht in der Datei</translation>
    </message>
    <message>
        <source>Found by the program</source>
        <translation>Vom Programm gefunden</translation>
    </message>
    <message>
        <source>Found by the program, {n} % sure</source>
        <translation>Vom Programm gefunden, zu {n} % sicher</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>No process could be started ({why})</source>
        <translation>Es konnte kein Prozess gestartet werden ({why})</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The download stopped unexpectedly</source>
        <translation>Das Herunterladen brach unerwartet ab</translation>
    </message>
    <message>
        <source>Try again: it goes on from there.</source>
        <translation>Versuchen Sie es noch einmal: Es geht dort weiter.</translation>
    </message>
</context>
<context>
    <name>DuplicatesPanel</name>
    <message>
        <source>Groups of photos that are twice</source>
        <translation>Gruppen von Fotos, die es zweimal gibt</translation>
    </message>
    <message>
        <source>Which groups are shown</source>
        <translation>Welche Gruppen gezeigt werden</translation>
    </message>
    <message>
        <source>← → other photos · Page Up, Page Down other groups · + − 0 zoom · Shift with arrows look elsewhere</source>
        <translation>← → andere Fotos · Bild auf, Bild ab andere Gruppen · + − 0 Zoom · Umschalt mit Pfeilen: anderswo hinsehen</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Keep the right one</source>
        <translation>Das rechte behalten</translation>
    </message>
    <message>
        <source>Not a duplicate</source>
        <translation>Kein Duplikat</translation>
    </message>
    <message>
        <source>Move the others to the trash</source>
        <translation>Die anderen in den Papierkorb</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Show the difference</source>
        <translation>Den Unterschied zeigen</translation>
    </message>
    <message>
        <source>Next photo of the group</source>
        <translation>Nächstes Foto der Gruppe</translation>
    </message>
    <message>
        <source>Photo before</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Next group</source>
        <translation>Nächste Gruppe</translation>
    </message>
    <message>
        <source>Group before</source>
        <translation>Vorige Gruppe</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>Whole photos</source>
        <translation>Ganze Fotos</translation>
    </message>
    <message>
        <source>Look farther left</source>
        <translation>Weiter links ansehen</translation>
    </message>
    <message>
        <source>Look farther right</source>
        <translation>Weiter rechts ansehen</translation>
    </message>
    <message>
        <source>Look farther up</source>
        <translation>Weiter oben ansehen</translation>
    </message>
    <message>
        <source>Look farther down</source>
        <translation>Weiter unten ansehen</translation>
    </message>
    <message>
        <source>Looking for what is twice…</source>
        <translation>Es wird gesucht, was es zweimal gibt…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Duplicates ({n})</source>
        <translation>Duplikate ({n})</translation>
    </message>
    <message>
        <source>Edited copies ({n})</source>
        <translation>Bearbeitete Kopien ({n})</translation>
    </message>
    <message>
        <source>Similar shots ({n})</source>
        <translation>Ähnliche Aufnahmen ({n})</translation>
    </message>
    <message>
        <source>All that is twice ({n})</source>
        <translation>Alles, was doppelt ist ({n})</translation>
    </message>
    <message>
        <source>As far as your photos were looked at. New ones are compared as they come in.</source>
        <translation>Soweit Ihre Fotos durchgesehen sind. Neue werden verglichen, sobald sie dazukommen.</translation>
    </message>
    <message>
        <source>No photo is twice</source>
        <translation>Kein Foto ist doppelt</translation>
    </message>
    <message>
        <source>Move the other to the trash</source>
        <translation>Das andere in den Papierkorb</translation>
    </message>
    <message>
        <source>Taken back: {what}</source>
        <translation>Zurückgenommen: {what}</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>Es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>Files moved to the trash: {n}. Ctrl+Z brings them back.</source>
        <translation>Dateien in den Papierkorb verschoben: {n}. Strg+Z holt sie zurück.</translation>
    </message>
    <message>
        <source>{name} stays: {why}</source>
        <translation>{name} bleibt: {why}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Copy photos to a folder</source>
        <translation>Fotos in einen Ordner kopieren</translation>
    </message>
    <message>
        <source>Copies of {photos}:</source>
        <translation>Kopien von {photos}:</translation>
    </message>
    <message>
        <source>The files as they are</source>
        <translation>Die Dateien, wie sie sind</translation>
    </message>
    <message>
        <source>Smaller, as JPEG; longest side in pixels:</source>
        <translation>Kleiner, als JPEG; längste Seite in Pixeln:</translation>
    </message>
    <message>
        <source>Longest side in pixels</source>
        <translation>Längste Seite in Pixeln</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Einen Ordner wählen…</translation>
    </message>
    <message>
        <source>Your photos stay as they are, and nothing is written over.</source>
        <translation>Ihre Fotos bleiben, wie sie sind, und nichts wird überschrieben.</translation>
    </message>
    <message>
        <source>Photos copied</source>
        <translation>Fotos kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose a folder for the copies</source>
        <translation>Wählen Sie einen Ordner für die Kopien</translation>
    </message>
    <message>
        <source>{photos} copied</source>
        <translation>{photos} kopiert</translation>
    </message>
    <message>
        <source>… and {n} more could not be copied.</source>
        <translation>… und {n} weitere konnten nicht kopiert werden.</translation>
    </message>
    <message>
        <source>No folder is chosen yet.</source>
        <translation>Es ist noch kein Ordner gewählt.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stopped: {photos} copied</source>
        <translation>Angehalten: {photos} kopiert</translation>
    </message>
</context>
<context>
    <name>FirstPage</name>
    <message>
        <source>Find your photos by saying what is in them</source>
        <translation>Finden Sie Ihre Fotos, indem Sie sagen, was darauf ist</translation>
    </message>
    <message>
        <source>Folders with photos</source>
        <translation>Ordner mit Fotos</translation>
    </message>
    <message>
        <source>Those with a tick are looked through</source>
        <translation>Die mit einem Häkchen werden durchgesehen</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>Einen anderen Ordner wählen…</translation>
    </message>
    <message>
        <source>Try it with sample photos</source>
        <translation>Mit Beispielfotos ausprobieren</translation>
    </message>
    <message>
        <source>Where are your photos?</source>
        <translation>Wo sind Ihre Fotos?</translation>
    </message>
    <message>
        <source>Your photos are looked through once. You can search as soon as the first ones are done, and stop and go on whenever you like.</source>
        <translation>Ihre Fotos werden einmal durchgesehen. Suchen können Sie, sobald die ersten fertig sind, und anhalten und weitermachen, wann Sie wollen.</translation>
    </message>
    <message>
        <source>They stay where they are and as they are. No photo is ever changed.</source>
        <translation>Sie bleiben, wo und wie sie sind. Kein Foto wird je verändert.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer: no account, no cloud.</source>
        <translation>Nichts verlässt diesen Computer: kein Konto, keine Cloud.</translation>
    </message>
    <message>
        <source>Your photos stay on this computer. Small pictures of them go to the server of this library, where all who share it see them.</source>
        <translation>Ihre Fotos bleiben auf diesem Computer. Kleine Bilder von ihnen kommen auf den Server dieser Bibliothek, wo alle sie sehen, die sie teilen.</translation>
    </message>
    <message>
        <source>What PhotoSearch learns of them is kept in {folder}.</source>
        <translation>Was PhotoSearch über sie erfährt, liegt in {folder}.</translation>
    </message>
    <message>
        <source>Look through this folder</source>
        <translation>Diesen Ordner durchsehen</translation>
    </message>
    <message>
        <source>Look through these folders</source>
        <translation>Diese Ordner durchsehen</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Leave a folder out…</source>
        <translation>Einen Ordner auslassen…</translation>
    </message>
    <message>
        <source>Leave out no longer</source>
        <translation>Nicht mehr auslassen</translation>
    </message>
    <message>
        <source>Folders of the library</source>
        <translation>Ordner der Bibliothek</translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation>Was ausgelassen wird</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>What is left out is not looked at; its files stay as they are.</source>
        <translation>Was ausgelassen ist, wird nicht durchgesehen; die Dateien bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Choose a folder to leave out</source>
        <translation>Wählen Sie einen Ordner, der ausgelassen wird</translation>
    </message>
    <message>
        <source>Your folders are looked through again now.</source>
        <translation>Ihre Ordner werden jetzt erneut durchgesehen.</translation>
    </message>
    <message>
        <source>No folder was added yet.</source>
        <translation>Es wurde noch kein Ordner hinzugefügt.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>{photos} · cannot be seen now (is its disk connected?)</source>
        <translation>{photos} · gerade nicht erreichbar (ist das Laufwerk angeschlossen?)</translation>
    </message>
    <message>
        <source>Nothing is left out of them.</source>
        <translation>Nichts davon wird ausgelassen.</translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>GroupsModel</name>
    <message>
        <source>1 duplicate</source>
        <translation>1 Duplikat</translation>
    </message>
    <message>
        <source>{n} duplicates</source>
        <translation>{n} Duplikate</translation>
    </message>
    <message>
        <source>1 edited copy</source>
        <translation>1 bearbeitete Kopie</translation>
    </message>
    <message>
        <source>{n} edited copies</source>
        <translation>{n} bearbeitete Kopien</translation>
    </message>
    <message>
        <source>1 similar shot</source>
        <translation>1 ähnliche Aufnahme</translation>
    </message>
    <message>
        <source>{n} similar shots</source>
        <translation>{n} ähnliche Aufnahmen</translation>
    </message>
    <message>
        <source>{what} · frees {size}</source>
        <translation>{what} · spart {size}</translation>
    </message>
</context>
<context>
    <name>Indexer</name>
    <message>
        <source>No process could be started ({why})</source>
        <translation>Es konnte kein Prozess gestartet werden ({why})</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>Layout</name>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>Zurück (Alt+Links)</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>No longer a favourite</source>
        <translation>Kein Favorit mehr</translation>
    </message>
</context>
<context>
    <name>ModelsPanel</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Dieses verwenden</translation>
    </message>
    <message>
        <source>Delete from this computer</source>
        <translation>Von diesem Computer löschen</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
    <message>
        <source>{n} to download</source>
        <translation>{n} herunterzuladen</translation>
    </message>
    <message>
        <source>to download</source>
        <translation>zum Herunterladen</translation>
    </message>
    <message>
        <source>It finds your photos now.</source>
        <translation>Es findet jetzt Ihre Fotos.</translation>
    </message>
    <message>
        <source>It tags your photos now.</source>
        <translation>Es verschlagwortet jetzt Ihre Fotos.</translation>
    </message>
    <message>
        <source>Understands photos and words: photos are found by it.</source>
        <translation>Versteht Fotos und Wörter: Damit werden Fotos gefunden.</translation>
    </message>
    <message>
        <source>Knows 1,000 kinds of things: photos are tagged by it, not found.</source>
        <translation>Kennt 1.000 Arten von Dingen: Fotos werden damit verschlagwortet, nicht gefunden.</translation>
    </message>
    <message>
        <source>Not on this computer. A download connects to {host}, to nobody else.</source>
        <translation>Nicht auf diesem Computer. Das Herunterladen verbindet sich mit {host} und mit niemandem sonst.</translation>
    </message>
    <message>
        <source>Names {n} of 100 things right at once.</source>
        <translation>Benennt {n} von 100 Dingen auf Anhieb richtig.</translation>
    </message>
    <message>
        <source>Of 5,000 photos, finds the one described first {n} times of 100.</source>
        <translation>Findet unter 5.000 Fotos das beschriebene in {n} von 100 Fällen als erstes.</translation>
    </message>
    <message>
        <source>Go on downloading ({n} are here)</source>
        <translation>Weiter herunterladen ({n} sind da)</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt…</translation>
    </message>
    <message>
        <source>Checking what came…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} von {all}</translation>
    </message>
    <message>
        <source>Cancelled. What came so far is kept.</source>
        <translation>Abgebrochen. Was schon da ist, bleibt erhalten.</translation>
    </message>
    <message>
        <source>{name} is on this computer now.</source>
        <translation>{name} ist jetzt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Your photos are looked through with {name} now; this takes a while.</source>
        <translation>Ihre Fotos werden jetzt mit {name} durchgesehen; das dauert eine Weile.</translation>
    </message>
    <message>
        <source>Deleted. It can be downloaded again.</source>
        <translation>Gelöscht. Es kann wieder heruntergeladen werden.</translation>
    </message>
</context>
<context>
    <name>NewAlbum</name>
    <message>
        <source>New album</source>
        <translation>Neues Album</translation>
    </message>
    <message>
        <source>A name, such as: for the wall</source>
        <translation>Ein Name, etwa: für die Wand</translation>
    </message>
    <message>
        <source>Name of the album</source>
        <translation>Name des Albums</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Albums hold the photos that you put into them.</source>
        <translation>Alben enthalten die Fotos, die Sie hineinlegen.</translation>
    </message>
    <message>
        <source>A name cannot have quotation marks.</source>
        <translation>Ein Name darf keine Anführungszeichen haben.</translation>
    </message>
    <message>
        <source>There is an album of this name: the photos will be added to it.</source>
        <translation>Es gibt ein Album dieses Namens: Die Fotos kommen hinzu.</translation>
    </message>
    <message>
        <source>Add to it</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>Pair</name>
    <message>
        <source>Photo before</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Next photo of the group</source>
        <translation>Nächstes Foto der Gruppe</translation>
    </message>
    <message>
        <source>The photo to keep, and another one</source>
        <translation>Das Foto, das bleibt, und ein anderes</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>kleiner</translation>
    </message>
    <message>
        <source>Protected: it stays.</source>
        <translation>Geschützt: Es bleibt.</translation>
    </message>
    <message>
        <source>Black: where both are equal.</source>
        <translation>Schwarz: wo beide gleich sind.</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplikat</translation>
    </message>
    <message>
        <source>Edited copy</source>
        <translation>Bearbeitete Kopie</translation>
    </message>
    <message>
        <source>Similar shot</source>
        <translation>Ähnliche Aufnahme</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} von {all}</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Holds when PhotoSearch is started again.</source>
        <translation>Gilt, wenn PhotoSearch neu gestartet wird.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Light, dark, or whatever the system is set to. Holds at once.</source>
        <translation>Hell, dunkel oder wie das System eingestellt ist. Gilt sofort.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Rename the album…</source>
        <translation>Das Album umbenennen…</translation>
    </message>
    <message>
        <source>Remove the album (its photos stay)</source>
        <translation>Das Album entfernen (seine Fotos bleiben)</translation>
    </message>
    <message>
        <source>Remove the saved search</source>
        <translation>Die gespeicherte Suche entfernen</translation>
    </message>
    <message>
        <source>Rename the album</source>
        <translation>Das Album umbenennen</translation>
    </message>
    <message>
        <source>New name of the album:</source>
        <translation>Neuer Name des Albums:</translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>Put into an album…</source>
        <translation>In ein Album legen…</translation>
    </message>
    <message>
        <source>Take out of this album</source>
        <translation>Aus diesem Album nehmen</translation>
    </message>
    <message>
        <source>Copy to a folder…</source>
        <translation>In einen Ordner kopieren…</translation>
    </message>
    <message>
        <source>Open with…</source>
        <translation>Öffnen mit…</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb verschieben</translation>
    </message>
    <message>
        <source>Leave its folder out</source>
        <translation>Seinen Ordner auslassen</translation>
    </message>
    <message>
        <source>The file is not there, or has changed since it was looked at</source>
        <translation>Die Datei ist nicht da oder hat sich geändert, seit sie angesehen wurde</translation>
    </message>
    <message>
        <source>Look for new photos first (F5).</source>
        <translation>Suchen Sie zuerst nach neuen Fotos (F5).</translation>
    </message>
    <message>
        <source>{name} is the only one: there is no other copy of it in your library.</source>
        <translation>{name} ist das einzige: In Ihrer Bibliothek gibt es keine andere Kopie davon.</translation>
    </message>
    <message>
        <source>{n} of these {all} photos are the only ones: there is no other copy of them in your library.</source>
        <translation>{n} dieser {all} Fotos sind die einzigen: In Ihrer Bibliothek gibt es keine andere Kopie davon.</translation>
    </message>
    <message>
        <source>These {n} photos are the only ones: there is no other copy of them in your library.</source>
        <translation>Diese {n} Fotos sind die einzigen: In Ihrer Bibliothek gibt es keine andere Kopie davon.</translation>
    </message>
    <message>
        <source>… and more</source>
        <translation>… und weitere</translation>
    </message>
    <message>
        <source>Files in the trash come back with Ctrl+Z, until you empty it.</source>
        <translation>Dateien im Papierkorb kommen mit Strg+Z zurück, bis Sie ihn leeren.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Moving to the trash…</source>
        <translation>Wird in den Papierkorb verschoben…</translation>
    </message>
    <message>
        <source>{name} stays: {why}</source>
        <translation>{name} bleibt: {why}</translation>
    </message>
    <message>
        <source>Files moved to the trash: {n}. Ctrl+Z brings them back.</source>
        <translation>Dateien in den Papierkorb verschoben: {n}. Strg+Z holt sie zurück.</translation>
    </message>
    <message>
        <source>{n} stay.</source>
        <translation>{n} bleiben.</translation>
    </message>
    <message>
        <source>Choose a program</source>
        <translation>Ein Programm wählen</translation>
    </message>
    <message>
        <source>{name} could not be started</source>
        <translation>{name} konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>Choose a program.</source>
        <translation>Wählen Sie ein Programm.</translation>
    </message>
    <message>
        <source>{folder} is left out when photos are looked for the next time (F5).</source>
        <translation>{folder} wird ausgelassen, wenn das nächste Mal nach Fotos gesucht wird (F5).</translation>
    </message>
</context>
<context>
    <name>PreferencesPanel</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dieses Fenster</translation>
    </message>
    <message>
        <source>Holds when PhotoSearch is started again.</source>
        <translation>Gilt, wenn PhotoSearch neu gestartet wird.</translation>
    </message>
    <message>
        <source>Holds the next time your folders are looked through.</source>
        <translation>Gilt, wenn Ihre Ordner das nächste Mal durchgesehen werden.</translation>
    </message>
    <message>
        <source>Set by {variable}, outside of PhotoSearch.</source>
        <translation>Durch {variable} außerhalb von PhotoSearch festgelegt.</translation>
    </message>
    <message>
        <source>Back to {value}</source>
        <translation>Zurück auf {value}</translation>
    </message>
    <message>
        <source>{setting}: back to {value}</source>
        <translation>{setting}: zurück auf {value}</translation>
    </message>
    <message>
        <source>Usually {value}.</source>
        <translation>Üblich: {value}.</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Problem files</source>
        <translation>Problemdateien</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>Diese noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
        <source>1 file could not be read</source>
        <translation>1 Datei konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>{n} files could not be read</source>
        <translation>{n} Dateien konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>All files could be read</source>
        <translation>Alle Dateien konnten gelesen werden</translation>
    </message>
    <message>
        <source>They are left as they are. A file that was mended, or copied again, is read by itself the next time.</source>
        <translation>Sie bleiben, wie sie sind. Eine Datei, die repariert oder neu kopiert wurde, wird das nächste Mal von selbst gelesen.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>They are read once more now.</source>
        <translation>Sie werden jetzt noch einmal gelesen.</translation>
    </message>
</context>
<context>
    <name>RegionPicker</name>
    <message>
        <source>Part of the photo to search for</source>
        <translation>Teil des Fotos, nach dem gesucht wird</translation>
    </message>
    <message>
        <source>Draw a rectangle around what you are looking for. Arrow keys move it, with Shift they change its size; Enter searches, Esc leaves.</source>
        <translation>Ziehen Sie ein Rechteck um das, was Sie suchen. Pfeiltasten verschieben es, mit Umschalt ändern sie seine Größe; die Eingabetaste sucht, Esc bricht ab.</translation>
    </message>
    <message>
        <source>{left} to {right} per cent from the left, {top} to {bottom} from the top</source>
        <translation>{left} bis {right} Prozent von links, {top} bis {bottom} von oben</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>What comes nearest</source>
        <translation>Was am nächsten kommt</translation>
    </message>
    <message>
        <source>Good matches</source>
        <translation>Gute Treffer</translation>
    </message>
    <message>
        <source>Weaker matches</source>
        <translation>Schwächere Treffer</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search: the kids at the beach</source>
        <translation>Suchen: die Kinder am Strand</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Say what is in the photos you look for</source>
        <translation>Sagen Sie, was auf den gesuchten Fotos ist</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Die Suche leeren</translation>
    </message>
</context>
<context>
    <name>SearchesPanel</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Name of the search</source>
        <translation>Name der Suche</translation>
    </message>
    <message>
        <source>A name, such as: our dog</source>
        <translation>Ein Name, etwa: unser Hund</translation>
    </message>
    <message>
        <source>Save “{query}” as</source>
        <translation>„{query}“ speichern als</translation>
    </message>
    <message>
        <source>Search for something to save it here.</source>
        <translation>Suchen Sie etwas, um es hier zu speichern.</translation>
    </message>
    <message>
        <source>No search was saved yet.</source>
        <translation>Noch keine Suche wurde gespeichert.</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>A part of the program stopped and was started again</source>
        <translation>Ein Teil des Programms ist ausgefallen und wurde neu gestartet</translation>
    </message>
    <message>
        <source>Nothing is lost.</source>
        <translation>Nichts ist verloren.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Eine Aktion finden</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Folders, times, tags and places</source>
        <translation>Ordner, Zeiten, Schlagwörter und Orte</translation>
    </message>
</context>
<context>
    <name>SlideShow</name>
    <message>
        <source>Slide show: Space rests, Esc ends, ↑ and ↓ change its pace</source>
        <translation>Diaschau: Leertaste hält an, Esc beendet, ↑ und ↓ ändern das Tempo</translation>
    </message>
    <message>
        <source>Slide show at rest; Space goes on</source>
        <translation>Diaschau angehalten; Leertaste macht weiter</translation>
    </message>
    <message>
        <source>Slide show</source>
        <translation>Diaschau</translation>
    </message>
    <message>
        <source>{n} seconds for each photo</source>
        <translation>{n} Sekunden je Foto</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Getting search ready…</source>
        <translation>Die Suche wird vorbereitet…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Ready to search</source>
        <translation>Bereit zum Suchen</translation>
    </message>
    <message>
        <source>Searching by words is not possible now</source>
        <translation>Suchen mit Wörtern ist jetzt nicht möglich</translation>
    </message>
    <message>
        <source>What understands your photos, and what it works on</source>
        <translation>Was Ihre Fotos versteht, und worauf es rechnet</translation>
    </message>
    <message>
        <source>The server of this library does not answer. Trying again…</source>
        <translation>Der Server dieser Bibliothek antwortet nicht. Es wird weiter versucht…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
</context>
<context>
    <name>TagsPanel</name>
    <message>
        <source>A new tag</source>
        <translation>Ein neues Schlagwort</translation>
    </message>
    <message>
        <source>Name of a new tag</source>
        <translation>Name eines neuen Schlagworts</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>This is right</source>
        <translation>Das stimmt</translation>
    </message>
    <message>
        <source>This is wrong</source>
        <translation>Das stimmt nicht</translation>
    </message>
    <message>
        <source>Show all photos with it</source>
        <translation>Alle Fotos damit zeigen</translation>
    </message>
    <message>
        <source>Tags of the photo</source>
        <translation>Schlagwörter des Fotos</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Pick a photo to see its tags.</source>
        <translation>Wählen Sie ein Foto aus, um seine Schlagwörter zu sehen.</translation>
    </message>
    <message>
        <source>Tags of this photo</source>
        <translation>Schlagwörter dieses Fotos</translation>
    </message>
    <message>
        <source>{n} photos are picked. Tags of the first; a new one is given to all.</source>
        <translation>{n} Fotos sind ausgewählt. Schlagwörter des ersten; ein neues bekommen alle.</translation>
    </message>
    <message>
        <source>It has no tags yet.</source>
        <translation>Es hat noch keine Schlagwörter.</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>von Ihnen</translation>
    </message>
    <message>
        <source>from the file</source>
        <translation>aus der Datei</translation>
    </message>
    <message>
        <source>found, {percent} % sure</source>
        <translation>gefunden, {percent} % sicher</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>A name, such as: our dog</source>
        <translation>Ein Name, etwa: unser Hund</translation>
    </message>
    <message>
        <source>Name of the tag</source>
        <translation>Name des Schlagworts</translation>
    </message>
    <message>
        <source>Taught tags, and how well each is known</source>
        <translation>Beigebrachte Schlagwörter, und wie gut jedes bekannt ist</translation>
    </message>
    <message>
        <source>They show it</source>
        <translation>Sie zeigen es</translation>
    </message>
    <message>
        <source>They do not</source>
        <translation>Sie zeigen es nicht</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>I do not know</source>
        <translation>Ich weiß es nicht</translation>
    </message>
    <message>
        <source>Show all photos with it</source>
        <translation>Alle Fotos damit zeigen</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Teach a tag</source>
        <translation>Ein Schlagwort beibringen</translation>
    </message>
    <message>
        <source>{yes} show it, {no} do not. {quality}</source>
        <translation>{yes} zeigen es, {no} nicht. {quality}</translation>
    </message>
    <message>
        <source>Looking through all photos…</source>
        <translation>Alle Fotos werden durchgesehen…</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>Es gibt nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>Pick photos that show something (five are enough), and name it:</source>
        <translation>Wählen Sie Fotos aus, die etwas zeigen (fünf genügen), und geben Sie ihm einen Namen:</translation>
    </message>
    <message>
        <source>One photo is picked. What does it show, or not show?</source>
        <translation>Ein Foto ist ausgewählt. Was zeigt es, oder was nicht?</translation>
    </message>
    <message>
        <source>{n} photos are picked. What do they show, or not show?</source>
        <translation>{n} Fotos sind ausgewählt. Was zeigen sie, oder was nicht?</translation>
    </message>
    <message>
        <source>It is not sure of this photo. Does it show “{name}”?</source>
        <translation>Bei diesem Foto ist es nicht sicher. Zeigt es „{name}“?</translation>
    </message>
    <message>
        <source>No tag was taught yet. What it is not sure of is asked here then.</source>
        <translation>Es wurde noch kein Schlagwort beigebracht. Danach wird hier gefragt, was noch unsicher ist.</translation>
    </message>
</context>
<context>
    <name>ViewActions</name>
    <message>
        <source>Nearer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Farther away</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>All of it</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>Pixel by pixel, or all of it</source>
        <translation>Pixelgenau oder ganz</translation>
    </message>
    <message>
        <source>Compare two photos</source>
        <translation>Zwei Fotos vergleichen</translation>
    </message>
    <message>
        <source>Slide show</source>
        <translation>Diaschau</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Large view</source>
        <translation>Große Ansicht</translation>
    </message>
    <message>
        <source>Back to all photos (Esc)</source>
        <translation>Zurück zu allen Fotos (Esc)</translation>
    </message>
    <message>
        <source>Previous photo (Left)</source>
        <translation>Voriges Foto (Links)</translation>
    </message>
    <message>
        <source>Next photo (Right)</source>
        <translation>Nächstes Foto (Rechts)</translation>
    </message>
    <message>
        <source>The photo</source>
        <translation>Das Foto</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} von {all}</translation>
    </message>
    <message>
        <source>It could not be read</source>
        <translation>Es konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>This photo cannot be shown</source>
        <translation>Dieses Foto kann nicht gezeigt werden</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Why this photo?</source>
        <translation>Warum dieses Foto?</translation>
    </message>
    <message>
        <source>How strongly the map covers the photo</source>
        <translation>Wie stark die Karte das Foto überdeckt</translation>
    </message>
    <message>
        <source>less</source>
        <translation>weniger</translation>
    </message>
    <message>
        <source>more</source>
        <translation>mehr</translation>
    </message>
    <message>
        <source>Search for something first. Then this shows where it is.</source>
        <translation>Suchen Sie zuerst etwas. Dann zeigt dies, wo es ist.</translation>
    </message>
    <message>
        <source>Looking for it in this photo…</source>
        <translation>Es wird in diesem Foto gesucht…</translation>
    </message>
    <message>
        <source>Show where “{term}” is</source>
        <translation>Zeigen, wo „{term}“ ist</translation>
    </message>
    <message>
        <source>Nothing in this photo stands out for “{term}” (score {score}).</source>
        <translation>Für „{term}“ sticht in diesem Foto nichts hervor (Wert {score}).</translation>
    </message>
    <message>
        <source>What looks like {term} is bright (score {score}).</source>
        <translation>Was {term} gleicht, ist hell (Wert {score}).</translation>
    </message>
    <message>
        <source>Where “{term}” is, it is bright (score {score}).</source>
        <translation>Wo „{term}“ ist, ist es hell (Wert {score}).</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Choose a folder with photos</source>
        <translation>Wählen Sie einen Ordner mit Fotos</translation>
    </message>
    <message>
        <source>Photos are still being added.</source>
        <translation>Es werden noch Fotos hinzugefügt.</translation>
    </message>
    <message>
        <source>They can go on being added in the background, without this window. Or stop now: it goes on when you open PhotoSearch again.</source>
        <translation>Das kann im Hintergrund weitergehen, ohne dieses Fenster. Oder halten Sie jetzt an: Es geht weiter, wenn Sie PhotoSearch wieder öffnen.</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>Im Hintergrund weitermachen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>looks like “{what}”</source>
        <translation>sieht aus wie „{what}“</translation>
    </message>
    <message>
        <source>looks like {what}</source>
        <translation>sieht aus wie {what}</translation>
    </message>
    <message>
        <source>fits “{what}”</source>
        <translation>passt zu „{what}“</translation>
    </message>
    <message>
        <source>tagged “{what}”</source>
        <translation>verschlagwortet mit „{what}“</translation>
    </message>
    <message>
        <source>file name has “{what}”</source>
        <translation>der Dateiname enthält „{what}“</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>not a picture in a known format</source>
        <translation>kein Bild in einem bekannten Format</translation>
    </message>
    <message>
        <source>damaged or not supported: {why}</source>
        <translation>beschädigt oder nicht unterstützt: {why}</translation>
    </message>
    <message>
        <source>decoding it takes more memory than allowed</source>
        <translation>das Öffnen braucht mehr Speicher als erlaubt</translation>
    </message>
    <message>
        <source>decoding took longer than {n} seconds</source>
        <translation>das Öffnen dauerte länger als {n} Sekunden</translation>
    </message>
    <message>
        <source>the decoder crashed on it</source>
        <translation>beim Öffnen ist der Leser abgestürzt</translation>
    </message>
    <message>
        <source>too large to decode safely ({width} x {height} pixels)</source>
        <translation>zu groß, um es sicher zu öffnen ({width} x {height} Pixel)</translation>
    </message>
    <message>
        <source>the same bytes</source>
        <translation>dieselben Bytes</translation>
    </message>
    <message>
        <source>the same picture</source>
        <translation>dasselbe Bild</translation>
    </message>
    <message>
        <source>turned by a quarter</source>
        <translation>um ein Viertel gedreht</translation>
    </message>
    <message>
        <source>upside down</source>
        <translation>auf dem Kopf</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>gespiegelt</translation>
    </message>
    <message>
        <source>other brightness or colours</source>
        <translation>andere Helligkeit oder Farben</translation>
    </message>
    <message>
        <source>without colours</source>
        <translation>ohne Farben</translation>
    </message>
    <message>
        <source>with a border or empty corners</source>
        <translation>mit Rand oder leeren Ecken</translation>
    </message>
    <message>
        <source>cropped to {n}%</source>
        <translation>auf {n} % beschnitten</translation>
    </message>
    <message>
        <source>turned by {n}°</source>
        <translation>um {n}° gedreht</translation>
    </message>
    <message>
        <source>retouched</source>
        <translation>retuschiert</translation>
    </message>
    <message>
        <source>shot in the same second with the same camera</source>
        <translation>in derselben Sekunde mit derselben Kamera aufgenommen</translation>
    </message>
    <message>
        <source>shot {n} s apart with the same camera</source>
        <translation>im Abstand von {n} s mit derselben Kamera aufgenommen</translation>
    </message>
    <message>
        <source>your favourite</source>
        <translation>Ihr Favorit</translation>
    </message>
    <message>
        <source>you gave it {n} stars</source>
        <translation>Sie gaben ihm {n} Sterne</translation>
    </message>
    <message>
        <source>not edited</source>
        <translation>nicht bearbeitet</translation>
    </message>
    <message>
        <source>the most pixels ({width} × {height})</source>
        <translation>die meisten Pixel ({width} × {height})</translation>
    </message>
    <message>
        <source>the least compressed</source>
        <translation>am wenigsten komprimiert</translation>
    </message>
    <message>
        <source>says most about when, where and how</source>
        <translation>sagt am meisten über Wann, Wo und Wie</translation>
    </message>
    <message>
        <source>the format {format}</source>
        <translation>das Format {format}</translation>
    </message>
    <message>
        <source>the sharpest</source>
        <translation>das schärfste</translation>
    </message>
    <message>
        <source>its name is not that of a copy</source>
        <translation>der Name ist nicht der einer Kopie</translation>
    </message>
    <message>
        <source>the oldest file</source>
        <translation>die älteste Datei</translation>
    </message>
    <message>
        <source>you want it kept</source>
        <translation>Sie möchten es behalten</translation>
    </message>
    <message>
        <source>it lies in a protected folder</source>
        <translation>es liegt in einem geschützten Ordner</translation>
    </message>
    <message>
        <source>the same bytes; its name is not that of a copy</source>
        <translation>dieselben Bytes; der Name ist nicht der einer Kopie</translation>
    </message>
    <message>
        <source>the same bytes; the first of equals</source>
        <translation>dieselben Bytes; das erste unter gleichen</translation>
    </message>
    <message>
        <source>the first of equals</source>
        <translation>das erste unter gleichen</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>{n} Fotos</translation>
    </message>
    <message>
        <source>rate {what} {n}</source>
        <translation>{what} mit {n} bewertet</translation>
    </message>
    <message>
        <source>favourite {what} --off</source>
        <translation>{what} kein Favorit mehr</translation>
    </message>
    <message>
        <source>favourite {what}</source>
        <translation>{what} als Favorit</translation>
    </message>
    <message>
        <source>tag add {what}</source>
        <translation>Schlagwort vergeben: {what}</translation>
    </message>
    <message>
        <source>tag remove {what}</source>
        <translation>Schlagwort entfernt: {what}</translation>
    </message>
    <message>
        <source>teach {what}</source>
        <translation>beigebracht: {what}</translation>
    </message>
    <message>
        <source>move copies to the trash</source>
        <translation>Kopien in den Papierkorb verschieben</translation>
    </message>
    <message>
        <source>put {what} into the album {name}</source>
        <translation>{what} in das Album {name} gelegt</translation>
    </message>
    <message>
        <source>take {what} out of the album {name}</source>
        <translation>{what} aus dem Album {name} genommen</translation>
    </message>
    <message>
        <source>remove the album {name}</source>
        <translation>das Album {name} entfernt</translation>
    </message>
    <message>
        <source>rename the album {old} to {new}</source>
        <translation>das Album {old} in {new} umbenannt</translation>
    </message>
    <message>
        <source>too few photos to say how well it works; mark some more</source>
        <translation>zu wenige Fotos, um zu sagen, wie gut es geht; markieren Sie noch einige</translation>
    </message>
    <message>
        <source>it tells them apart well</source>
        <translation>es unterscheidet sie gut</translation>
    </message>
    <message>
        <source>it tells most of them apart</source>
        <translation>es unterscheidet die meisten</translation>
    </message>
    <message>
        <source>it is often wrong; mark some more photos</source>
        <translation>es irrt sich oft; markieren Sie noch einige Fotos</translation>
    </message>
    <message>
        <source>{what}, as far as {n} photos show; 5 are better</source>
        <translation>{what}, soweit {n} Fotos es zeigen; 5 sind besser</translation>
    </message>
    <message>
        <source>it cannot tell them apart yet; mark more photos, and some that are not it</source>
        <translation>es kann sie noch nicht unterscheiden; markieren Sie mehr Fotos, und einige, die es nicht zeigen</translation>
    </message>
    <message>
        <source>No space left to write {place}</source>
        <translation>Kein Platz mehr, um {place} zu schreiben</translation>
    </message>
    <message>
        <source>No permission for {place}</source>
        <translation>Keine Berechtigung für {place}</translation>
    </message>
    <message>
        <source>Check who owns it and try again.</source>
        <translation>Prüfen Sie, wem es gehört, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>There is no {place}</source>
        <translation>{place} gibt es nicht</translation>
    </message>
    <message>
        <source>Check the path and try again.</source>
        <translation>Prüfen Sie den Pfad und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Check the disk and try again.</source>
        <translation>Prüfen Sie den Datenträger und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The part of the program that answers stopped while it worked on {what}</source>
        <translation>Der Teil des Programms, der antwortet, ist ausgefallen, während er daran arbeitete: {what}</translation>
    </message>
    <message>
        <source>It was started again.</source>
        <translation>Er wurde neu gestartet.</translation>
    </message>
    <message>
        <source>It does not start any more: try it once more.</source>
        <translation>Er startet nicht mehr: Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>What searches stopped while it looked for {what}</source>
        <translation>Das Suchen ist ausgefallen, während nach {what} gesucht wurde</translation>
    </message>
    <message>
        <source>It is started again with the next search.</source>
        <translation>Es wird mit der nächsten Suche neu gestartet.</translation>
    </message>
    <message>
        <source>Searching cannot be made ready: what does it ends while it is loaded</source>
        <translation>Das Suchen kann nicht bereit gemacht werden: Es endet beim Laden</translation>
    </message>
    <message>
        <source>Is there too little memory? Close other programs and try again.</source>
        <translation>Ist zu wenig Speicher da? Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Nothing is lost.</source>
        <translation>Nichts ist verloren.</translation>
    </message>
    <message>
        <source>You may look at the library {place}, but not change it</source>
        <translation>Sie dürfen die Bibliothek {place} ansehen, aber nicht ändern</translation>
    </message>
    <message>
        <source>Ask whoever looks after it to make you a contributor.</source>
        <translation>Bitten Sie, wer sie betreut, Sie mitarbeiten zu lassen (Rolle „contributor“).</translation>
    </message>
    <message>
        <source>The library {place} does not let you do this ({why})</source>
        <translation>Die Bibliothek {place} erlaubt Ihnen das nicht ({why})</translation>
    </message>
    <message>
        <source>Ask whoever looks after it for a role that may.</source>
        <translation>Bitten Sie, wer sie betreut, um eine Rolle, die das darf.</translation>
    </message>
    <message>
        <source>You have nothing to undo: the last change, “{what}”, is that of {name}</source>
        <translation>Sie haben nichts rückgängig zu machen: Die letzte Änderung, „{what}“, ist von {name}</translation>
    </message>
    <message>
        <source>Set the value you want by hand.</source>
        <translation>Setzen Sie den gewünschten Wert von Hand.</translation>
    </message>
    <message>
        <source>{name} could not be downloaded from {host} ({why})</source>
        <translation>{name} konnte nicht von {host} heruntergeladen werden ({why})</translation>
    </message>
    <message>
        <source>{name} is in use in this library</source>
        <translation>{name} wird in dieser Bibliothek verwendet</translation>
    </message>
    <message>
        <source>Choose another one first.</source>
        <translation>Wählen Sie zuerst ein anderes.</translation>
    </message>
</context>
<context>
    <name>facets</name>
    <message>
        <source>chosen</source>
        <translation>gewählt</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Problem files</source>
        <translation>Problemdateien</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>Show {n} more</source>
        <translation>{n} weitere zeigen</translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Also at</source>
        <translation>Auch unter</translation>
    </message>
    <message>
        <source>Belongs to it</source>
        <translation>Gehört dazu</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Middling</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Slow; best with a graphics card</source>
        <translation>Langsam; am besten mit Grafikkarte</translation>
    </message>
    <message>
        <source>Very slow; only with a graphics card</source>
        <translation>Sehr langsam; nur mit Grafikkarte</translation>
    </message>
    <message>
        <source>{name} ({n} GFLOPs for a photo)</source>
        <translation>{name} ({n} GFLOPs je Foto)</translation>
    </message>
</context>
<context>
    <name>news</name>
    <message>
        <source>PhotoSearch was updated to version {}.</source>
        <translation>PhotoSearch wurde auf Version {} aktualisiert.</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Was neu ist</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>PhotoSearch could not be made ready</source>
        <translation>PhotoSearch konnte nicht bereit gemacht werden</translation>
    </message>
    <message>
        <source>A part of the program that it needs ends again and again. Is there too little memory or disk space? Your photos, ratings and favourites are safe.</source>
        <translation>Ein Teil des Programms, den es braucht, endet immer wieder. Ist zu wenig Speicher oder Platz auf dem Datenträger? Ihre Fotos, Bewertungen und Favoriten sind sicher.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>No photo like this one was found</source>
        <translation>Kein ähnliches Foto gefunden</translation>
    </message>
    <message>
        <source>It seems to be the only one of its kind.</source>
        <translation>Es scheint das einzige seiner Art zu sein.</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>Nothing found for “{words}”</source>
        <translation>Nichts gefunden für „{words}“</translation>
    </message>
    <message>
        <source>Try other words: say what is to be seen in the photo.</source>
        <translation>Versuchen Sie andere Wörter: Sagen Sie, was auf dem Foto zu sehen ist.</translation>
    </message>
    <message>
        <source>Getting your photos…</source>
        <translation>Ihre Fotos werden geholt…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Looking through your folder…</source>
        <translation>Ihr Ordner wird durchgesehen…</translation>
    </message>
    <message>
        <source>It goes on when you say so.</source>
        <translation>Es geht weiter, wenn Sie es sagen.</translation>
    </message>
    <message>
        <source>The first photos appear here in a moment, and you can search while the others are added.</source>
        <translation>Die ersten Fotos erscheinen hier gleich, und Sie können suchen, während die anderen hinzukommen.</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Einen Ordner wählen…</translation>
    </message>
    <message>
        <source>Your folder cannot be seen just now</source>
        <translation>Ihr Ordner ist gerade nicht zu sehen</translation>
    </message>
    <message>
        <source>{folder} is not there. Is its disk connected?</source>
        <translation>{folder} ist nicht da. Ist der Datenträger angeschlossen?</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>There are no photos yet in {folder}</source>
        <translation>In {folder} sind noch keine Fotos</translation>
    </message>
    <message>
        <source>Put some there and look again (F5), or choose another folder.</source>
        <translation>Legen Sie welche hinein und sehen Sie noch einmal nach (F5), oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Getting ready to search…</source>
        <translation>Die Suche wird vorbereitet…</translation>
    </message>
    <message>
        <source>This takes some seconds when the program has just been started.</source>
        <translation>Das dauert einige Sekunden, wenn das Programm gerade gestartet wurde.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Es wird gesucht…</translation>
    </message>
    <message>
        <source>This was not finished</source>
        <translation>Das wurde nicht fertig</translation>
    </message>
    <message>
        <source>Your photos are still being understood</source>
        <translation>Ihre Fotos werden noch ausgewertet</translation>
    </message>
    <message>
        <source>What is found appears here as soon as the first ones are.</source>
        <translation>Was gefunden wird, erscheint hier, sobald die ersten fertig sind.</translation>
    </message>
    <message>
        <source>Searching is not possible yet</source>
        <translation>Suchen ist noch nicht möglich</translation>
    </message>
    <message>
        <source>There are no photos to search yet</source>
        <translation>Es gibt noch keine Fotos zu durchsuchen</translation>
    </message>
    <message>
        <source>Choose a folder with photos first.</source>
        <translation>Wählen Sie zuerst einen Ordner mit Fotos.</translation>
    </message>
    <message>
        <source>Photos are still being added; they will be found then.</source>
        <translation>Es werden noch Fotos hinzugefügt; danach werden sie gefunden.</translation>
    </message>
    <message>
        <source>Photos like this part of {name}</source>
        <translation>Fotos wie dieser Teil von {name}</translation>
    </message>
    <message>
        <source>Photos like {name}</source>
        <translation>Fotos wie {name}</translation>
    </message>
    <message>
        <source>{n} found by name for “{words}”</source>
        <translation>{n} dem Namen nach gefunden für „{words}“</translation>
    </message>
    <message>
        <source>Best {n} for “{words}”</source>
        <translation>Die besten {n} für „{words}“</translation>
    </message>
    <message>
        <source>Nothing fits “{words}” well</source>
        <translation>Nichts passt gut zu „{words}“</translation>
    </message>
    <message>
        <source>1 good match for “{words}”</source>
        <translation>1 guter Treffer für „{words}“</translation>
    </message>
    <message>
        <source>{good} good matches for “{words}”</source>
        <translation>{good} gute Treffer für „{words}“</translation>
    </message>
    <message>
        <source>“{what}” was left out</source>
        <translation>„{what}“ wurde ausgelassen</translation>
    </message>
    <message>
        <source>Photos are being added already, by a run in the background. This folder is looked through when that is done.</source>
        <translation>Es werden bereits Fotos im Hintergrund hinzugefügt. Dieser Ordner wird danach durchgesehen.</translation>
    </message>
    <message>
        <source>Adding photos stopped unexpectedly. Everything finished so far is kept.</source>
        <translation>Das Hinzufügen von Fotos brach unerwartet ab. Alles bisher Fertige bleibt erhalten.</translation>
    </message>
    <message>
        <source>Stopped. Everything finished so far is kept.</source>
        <translation>Angehalten. Alles bisher Fertige bleibt erhalten.</translation>
    </message>
    <message>
        <source>1 file could not be read as a photo: {names}.</source>
        <translation>1 Datei konnte nicht als Foto gelesen werden: {names}.</translation>
    </message>
    <message>
        <source>{n} files could not be read as photos: {names}.</source>
        <translation>{n} Dateien konnten nicht als Fotos gelesen werden: {names}.</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Reading photos</source>
        <translation>Fotos lesen</translation>
    </message>
    <message>
        <source>Understanding photos</source>
        <translation>Fotos verstehen</translation>
    </message>
    <message>
        <source>Watching folders</source>
        <translation>Ordner beobachten</translation>
    </message>
    <message>
        <source>Photos read at the same time</source>
        <translation>Gleichzeitig gelesene Fotos</translation>
    </message>
    <message>
        <source>Fewer leave more of the computer to other programs; it takes longer.</source>
        <translation>Weniger lassen anderen Programmen mehr vom Computer; es dauert länger.</translation>
    </message>
    <message>
        <source>Largest picture</source>
        <translation>Größtes Bild</translation>
    </message>
    <message>
        <source>A larger picture is not opened, but listed with the problem files.</source>
        <translation>Ein größeres Bild wird nicht geöffnet, sondern bei den Problemdateien aufgeführt.</translation>
    </message>
    <message>
        <source>megapixels</source>
        <translation>Megapixel</translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation>Größte Datei</translation>
    </message>
    <message>
        <source>A larger file is not opened, but listed with the problem files.</source>
        <translation>Eine größere Datei wird nicht geöffnet, sondern bei den Problemdateien aufgeführt.</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Patience with a file</source>
        <translation>Geduld mit einer Datei</translation>
    </message>
    <message>
        <source>A file that takes longer to open is listed with the problem files.</source>
        <translation>Eine Datei, deren Öffnen länger dauert, wird bei den Problemdateien aufgeführt.</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Memory for opening one photo</source>
        <translation>Speicher zum Öffnen eines Fotos</translation>
    </message>
    <message>
        <source>At most; a photo that needs more is listed with the problem files.</source>
        <translation>Höchstens; ein Foto, das mehr braucht, wird bei den Problemdateien aufgeführt.</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>Photos understood at the same time</source>
        <translation>Gleichzeitig verstandene Fotos</translation>
    </message>
    <message>
        <source>At most: how many at once are quickest is found out by trying. More need more memory.</source>
        <translation>Höchstens: Wie viele auf einmal am schnellsten sind, wird ausprobiert. Mehr brauchen mehr Speicher.</translation>
    </message>
    <message>
        <source>Time between two looks at a network folder</source>
        <translation>Zeit zwischen zwei Blicken in einen Netzwerkordner</translation>
    </message>
    <message>
        <source>Of a disk that does not tell of changes itself, while `index --watch` runs.</source>
        <translation>Auf einem Datenträger, der Änderungen nicht selbst meldet, während `index --watch` läuft.</translation>
    </message>
</context>
<context>
    <name>troubles</name>
    <message>
        <source>Your photos cannot be searched yet</source>
        <translation>Ihre Fotos können noch nicht durchsucht werden</translation>
    </message>
    <message>
        <source>Have them looked through first (F5).</source>
        <translation>Lassen Sie sie zuerst durchsehen (F5).</translation>
    </message>
    <message>
        <source>There is no folder to look through yet</source>
        <translation>Es gibt noch keinen Ordner zum Durchsehen</translation>
    </message>
    <message>
        <source>Choose a folder with photos first.</source>
        <translation>Wählen Sie zuerst einen Ordner mit Fotos.</translation>
    </message>
    <message>
        <source>What understands photos is not on this computer yet</source>
        <translation>Was Fotos versteht, ist noch nicht auf diesem Computer</translation>
    </message>
    <message>
        <source>Choose one under Edit, Models…, where it can be downloaded. Everything but searching works meanwhile.</source>
        <translation>Wählen Sie eines unter Bearbeiten, Modelle…, wo es heruntergeladen werden kann. Alles außer dem Suchen geht inzwischen.</translation>
    </message>
    <message>
        <source>Try again later: it goes on from what is here.</source>
        <translation>Versuchen Sie es später noch einmal: Es geht mit dem weiter, was da ist.</translation>
    </message>
    <message>
        <source>Try again: nothing needs to be downloaded twice.</source>
        <translation>Versuchen Sie es noch einmal: Nichts muss zweimal heruntergeladen werden.</translation>
    </message>
    <message>
        <source>The server of this library does not answer</source>
        <translation>Der Server dieser Bibliothek antwortet nicht</translation>
    </message>
    <message>
        <source>It is tried again by itself; what was finished is kept.</source>
        <translation>Es wird von selbst weiter versucht; was fertig war, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Free some disk space, then go on; everything finished so far is kept.</source>
        <translation>Schaffen Sie Platz auf dem Datenträger und machen Sie dann weiter; alles bisher Fertige bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>{n} Fotos</translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation>Fotos suchen</translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation>Fotos lesen</translation>
    </message>
    <message>
        <source>Understanding photos</source>
        <translation>Fotos verstehen</translation>
    </message>
    <message>
        <source>Comparing photos</source>
        <translation>Fotos vergleichen</translation>
    </message>
    <message>
        <source>Tagging photos</source>
        <translation>Fotos verschlagworten</translation>
    </message>
    <message>
        <source>Tagging photos as taught</source>
        <translation>Fotos wie beigebracht verschlagworten</translation>
    </message>
    <message>
        <source>Sorting</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>Waiting for another computer</source>
        <translation>Warten auf einen anderen Computer</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>{n} photos/s</source>
        <translation>{n} Fotos/s</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch ein paar Sekunden</translation>
    </message>
    <message>
        <source>about {n} seconds left</source>
        <translation>noch etwa {n} Sekunden</translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>noch etwa eine Minute</translation>
    </message>
    <message>
        <source>about {n} minutes left</source>
        <translation>noch etwa {n} Minuten</translation>
    </message>
    <message>
        <source>about {n} hours left</source>
        <translation>noch etwa {n} Stunden</translation>
    </message>
    <message>
        <source>d MMMM yyyy, HH:mm</source>
        <translation>d. MMMM yyyy, HH:mm</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <translation>dddd, d. MMMM yyyy</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>MMMM yyyy</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 Stern</translation>
    </message>
    <message>
        <source>{n} stars</source>
        <translation>{n} Sterne</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>The file was not there when it was last looked for.</source>
        <translation>Die Datei war nicht da, als zuletzt nach ihr gesucht wurde.</translation>
    </message>
    <message>
        <source>Fits to {n} %</source>
        <translation>Passt zu {n} %</translation>
    </message>
    <message>
        <source>like {name}</source>
        <translation>wie {name}</translation>
    </message>
    <message>
        <source>not {what}</source>
        <translation>nicht {what}</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>Problem files</source>
        <translation>Problemdateien</translation>
    </message>
    <message>
        <source>Without tags</source>
        <translation>Ohne Schlagwörter</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Edited copies</source>
        <translation>Bearbeitete Kopien</translation>
    </message>
    <message>
        <source>Similar shots</source>
        <translation>Ähnliche Aufnahmen</translation>
    </message>
    <message>
        <source>With a position</source>
        <translation>Mit Position</translation>
    </message>
    <message>
        <source>With a date</source>
        <translation>Mit Datum</translation>
    </message>
    <message>
        <source>With a caption</source>
        <translation>Mit Beschreibung</translation>
    </message>
    <message>
        <source>from {value} on</source>
        <translation>ab {value}</translation>
    </message>
    <message>
        <source>before {value}</source>
        <translation>vor {value}</translation>
    </message>
    <message>
        <source>in {value}</source>
        <translation>in {value}</translation>
    </message>
    <message>
        <source>near {value}</source>
        <translation>nahe {value}</translation>
    </message>
    <message>
        <source>Camera: {value}</source>
        <translation>Kamera: {value}</translation>
    </message>
    <message>
        <source>Lens: {value}</source>
        <translation>Objektiv: {value}</translation>
    </message>
    <message>
        <source>Place: {value}</source>
        <translation>Ort: {value}</translation>
    </message>
    <message>
        <source>Tag: {value}</source>
        <translation>Schlagwort: {value}</translation>
    </message>
    <message>
        <source>Album: {value}</source>
        <translation>Album: {value}</translation>
    </message>
    <message>
        <source>Kind: {value}</source>
        <translation>Art: {value}</translation>
    </message>
    <message>
        <source>Stars: {value}</source>
        <translation>Sterne: {value}</translation>
    </message>
    <message>
        <source>Size: {value}</source>
        <translation>Größe: {value}</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>graphics processor</source>
        <translation>Grafikprozessor</translation>
    </message>
</context>
</TS>

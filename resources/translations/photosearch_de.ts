<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>AboutPanel</name>
    <message>
        <source>About PhotoSearch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find your own photos by saying what is in them. Everything happens on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings and models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the library&apos;s folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Add folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicates…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved searches…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teach a tag…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show near-duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to what was before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Large view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find what is like a part of it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why this photo?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No stars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problem files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About PhotoSearch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rating</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AlbumMenu</name>
    <message>
        <source>Put into an album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New album…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Arranging</name>
    <message>
        <source>Best first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups of photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Browser</name>
    <message>
        <source>this one</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChipBar</name>
    <message>
        <source>Parts of the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take “{part}” out of the search</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Compare two photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Farther away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>There is nothing to take back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No program could be found that opens {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it in its folder and open it from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} paths copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>About this photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change tags…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo is picked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stars, favourites and tags are given to all of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick a photo to see what is known of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You gave it this tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is written in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by the program, {n} % sure</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>No process could be started ({why})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download stopped unexpectedly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again: it goes on from there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DuplicatesPanel</name>
    <message>
        <source>Groups of photos that are twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photo to keep, and another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page Up, Page Down: other groups.  ← →: other photos of the group.  + − 0: nearer, farther, whole.  Shift with arrows: look elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the right one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the others to the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next photo of the group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Farther</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look farther left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look farther right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look farther up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look farther down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for what is twice…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is twice, as far as your photos were looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (protected: it stays)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files moved to the trash: {n}. Ctrl+Z brings them back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} stays: {why}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Copy photos to a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies of {photos}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller, as JPEG; longest side in pixels:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest side in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your photos stay as they are, and nothing is written over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder for the copies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{photos} copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… and {n} more could not be copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder is chosen yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: {photos} copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstPage</name>
    <message>
        <source>Find your photos by saying what is in them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders with photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those with a tick are looked through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it with sample photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where are your photos?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your photos are looked through once. You can search as soon as the first ones are done, and stop and go on whenever you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They stay where they are and as they are. No photo is ever changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing leaves this computer: no account, no cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What PhotoSearch learns of them is kept in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look through this folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look through these folders</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Leave a folder out…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out no longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders of the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder to leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your folders are looked through again now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder was added yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder}: {n} photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, cannot be seen now (is its disk connected?); its photos are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is left out of them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GroupsModel</name>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edited copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similar shot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}: {name} and {n} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Indexer</name>
    <message>
        <source>No process could be started ({why})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Layout</name>
    <message>
        <source>Add folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Favourite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No longer a favourite</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelsPanel</name>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete from this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Languages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} to download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It finds your photos now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It tags your photos now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Understands photos and words: photos are found by it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Knows 1,000 kinds of things: photos are tagged by it, not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not on this computer. A download connects to {host}, to nobody else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names {n} of 100 things right at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of 5,000 photos, finds the one described first {n} times of 100.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on downloading ({n} are here)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking what came…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled. What came so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is on this computer now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your photos are looked through with {name} now; this takes a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted. It can be downloaded again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewAlbum</name>
    <message>
        <source>New album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name, such as: for the wall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Albums hold the photos that you put into them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name cannot have quotation marks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an album of this name: the photos will be added to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds when PhotoSearch is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light, dark, or whatever the system is set to. Holds at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Rename the album…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the album (its photos stay)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the saved search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename the album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New name of the album:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>Put into an album…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out of this album</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy to a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open with…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave its folder out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is the only one: there is no other copy of it in your library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} of these {all} photos are the only ones: there is no other copy of them in your library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files in the trash come back with Ctrl+Z, until you empty it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving to the trash…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} stays: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files moved to the trash: {n}. Ctrl+Z brings them back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} could not be started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} is left out when photos are looked for the next time (F5).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreferencesPanel</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds when PhotoSearch is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds the next time your folders are looked through.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set by {variable}, outside of PhotoSearch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{setting}: back to {value}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Problem files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 file could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} files could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files could be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are left as they are. A file that was mended, or copied again, is read by itself the next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are read once more now.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RegionPicker</name>
    <message>
        <source>Part of the photo to search for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a rectangle around what you are looking for. Arrow keys move it, with Shift they change its size; Enter searches, Esc leaves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left} to {right} per cent from the left, {top} to {bottom} from the top</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>Good matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weaker matches</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search: the kids at the beach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say what is in the photos you look for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchesPanel</name>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name, such as: our dog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save “{query}” as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for something to save it here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>A part of the program stopped and was started again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Folders, times, tags and places</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SlideShow</name>
    <message>
        <source>Slide show: Space rests, Esc ends, ↑ and ↓ change its pace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slide show at rest; Space goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slide show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} seconds for each photo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Getting search ready…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready to search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching by words is not possible now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What understands your photos, and what it works on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Suggestions</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TagsPanel</name>
    <message>
        <source>A new tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of a new tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags of the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick a photo to see its tags.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags of this photo:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} photos are picked. Tags of the first; a new one is given to all:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(yours)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(from the file)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(found, {percent} % sure)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>A name, such as: our dog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taught tags, and how well each is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They show it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They do not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I do not know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teach a tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {yes} show it, {no} do not. {quality}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking through all photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick photos that show something (five are enough), and name it:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One photo is picked. What does it show, or not show?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} photos are picked. What do they show, or not show?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not sure of this photo. Does it show “{name}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tag was taught yet. What it is not sure of is asked here then.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewActions</name>
    <message>
        <source>Nearer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Farther away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel by pixel, or all of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare two photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slide show</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Large view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to all photos (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous photo (Left)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next photo (Right)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This photo cannot be shown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Why this photo?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How strongly the map covers the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for something first. Then this shows where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for it in this photo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show where “{term}” is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in this photo stands out for “{term}” (score {score}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What looks like {term} is bright (score {score}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where “{term}” is, it is bright (score {score}).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Choose a folder with photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos are still being added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They can go on being added in the background, without this window. Or stop now: it goes on when you open PhotoSearch again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>facets</name>
    <message>
        <source>chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problem files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Albums</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {n} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>Taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also at</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Quick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slow; best with a graphics card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Very slow; only with a graphics card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ({n} GFLOPs for a photo)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>PhotoSearch could not be made ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of the program that it needs ends again and again. Is there too little memory or disk space? Your photos, ratings and favourites are safe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo like this one was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It seems to be the only one of its kind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found for “{words}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try other words: say what is to be seen in the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting your photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking through your folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes on when you say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first photos appear here in a moment, and you can search while the others are added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find your photos by saying what is in them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder with photos. They stay where they are and as they are, and nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your folder cannot be seen just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} is not there. Is its disk connected?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no photos yet in {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put some there and look again (F5), or choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting ready to search…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This takes some seconds when the program has just been started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This was not finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your photos are still being understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is found appears here as soon as the first ones are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching is not possible yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no photos to search yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder with photos first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos are still being added; they will be found then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos like this part of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos like {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} found by name for “{words}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best {n} for “{words}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fits “{words}” well. What comes nearest:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 good match for “{words}”, then weaker ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{good} good matches for “{words}”, then weaker ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{what}” was left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos are being added already, by a run in the background. This folder is looked through when that is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adding photos stopped unexpectedly. Everything finished so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. Everything finished so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 file could not be read as a photo: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} files could not be read as photos: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Reading photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Understanding photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watching folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos read at the same time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer leave more of the computer to other programs; it takes longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A larger picture is not opened, but listed with the problem files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>megapixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A larger file is not opened, but listed with the problem files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience with a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file that takes longer to open is listed with the problem files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory for opening one photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most; a photo that needs more is listed with the problem files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos understood at the same time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More is quicker on a large graphics card, and needs more memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time between two looks at a network folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a disk that does not tell of changes itself, while `index --watch` runs.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>troubles</name>
    <message>
        <source>Your photos cannot be searched yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have them looked through first (F5).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder to look through yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder with photos first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What understands photos is not on this computer yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one under Edit, Models…, where it can be downloaded. Everything but searching works meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later: it goes on from what is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again: nothing needs to be downloaded twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some disk space, then go on; everything finished so far is kept.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>1 photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Understanding photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tagging photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tagging photos as taught</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sorting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} photos/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {n} seconds left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {n} minutes left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {n} hours left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMMM yyyy, HH:mm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 star</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} stars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>favourite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was not there when it was last looked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fits to {n} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>like {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problem files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edited copies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similar shots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With a caption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {value} on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>near {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lens: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Album: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stars: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>graphics card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>graphics processor</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

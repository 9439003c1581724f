<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name></name>
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
        <source>Folders and problems…</source>
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
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About PhotoSearch</source>
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
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
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
        <source>Files with problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders and problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders</source>
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
    <message>
        <source>Files that could not be read: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files could be read.</source>
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
        <source>Teach a tag</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Actions</name>
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
        <source>Files that came back: {n}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files moved to the trash: {n}. Ctrl+Z brings them back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to bring back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} stays: {why}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Choose a folder to leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your folders are looked through again now.</source>
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
    <message>
        <source>About PhotoSearch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find your own photos by saying what is in them. Everything happens on this computer.</source>
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
        <source>To install it, run “photosearch models list” in a terminal; it says what can be had, and how. Everything but searching works meanwhile.</source>
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
</context>
</TS>

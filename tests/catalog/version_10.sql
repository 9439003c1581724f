-- A catalog as version 10 of the schema had it, with rows.
BEGIN TRANSACTION;
CREATE TABLE album_photos (photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE, album VARCHAR NOT NULL, PRIMARY KEY (photo_id, album)) WITHOUT ROWID;
INSERT INTO "album_photos" VALUES(1,'Summer');
CREATE TABLE albums (name VARCHAR NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID;
INSERT INTO "albums" VALUES('Summer');
CREATE TABLE excludes (pattern VARCHAR NOT NULL PRIMARY KEY);
INSERT INTO "excludes" VALUES('*.tmp');
CREATE TABLE favourites (
    photo_id INTEGER NOT NULL,
    PRIMARY KEY (photo_id),
    FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE
);
CREATE TABLE files (
    id INTEGER NOT NULL,
    folder_id INTEGER NOT NULL,
    name BLOB NOT NULL,
    photo_id INTEGER,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    pending BOOLEAN NOT NULL,
    problem VARCHAR,
    attempts INTEGER DEFAULT 0 NOT NULL,
    missing_since VARCHAR, sidecar BLOB, sidecar_size INTEGER, sidecar_mtime_ns INTEGER, still BLOB, companion_of INTEGER REFERENCES photos (id) ON DELETE SET NULL,
    PRIMARY KEY (id),
    UNIQUE (folder_id, name),
    FOREIGN KEY(folder_id) REFERENCES folders (id),
    FOREIGN KEY(photo_id) REFERENCES photos (id)
);
INSERT INTO "files" VALUES(1,1,X'612E6A7067',1,10,5,6,0,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "files" VALUES(2,1,X'612E637232',3,10,5,6,0,NULL,0,NULL,NULL,NULL,NULL,X'612E6A7067',1);
CREATE TABLE folders (
    id INTEGER NOT NULL,
    root_id INTEGER NOT NULL,
    path BLOB NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (root_id, path),
    FOREIGN KEY(root_id) REFERENCES roots (id)
);
INSERT INTO "folders" VALUES(1,1,X'');
CREATE TABLE journal (
    id INTEGER NOT NULL,
    at VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    changes VARCHAR NOT NULL,
    undone BOOLEAN DEFAULT 0 NOT NULL, who VARCHAR DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE keep_rules (rule VARCHAR NOT NULL PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "keep_rules" VALUES('resolution',1);
CREATE TABLE kept (photo_id INTEGER NOT NULL PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE, path BLOB NOT NULL);
INSERT INTO "kept" VALUES(1,X'2F612F312E6A7067');
CREATE TABLE meta (
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('catalog_id','0123456789abcdef');
CREATE TABLE not_duplicates (photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE, other VARCHAR NOT NULL, PRIMARY KEY (photo_id, other)) WITHOUT ROWID;
CREATE TABLE outcomes (
    photo_id INTEGER NOT NULL,
    stage VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    PRIMARY KEY (photo_id, stage),
    FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "outcomes" VALUES(1,'content','1','done',NULL);
CREATE TABLE pairs (photo_a INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE, photo_b INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE, kind VARCHAR NOT NULL, evidence VARCHAR NOT NULL, PRIMARY KEY (photo_a, photo_b)) WITHOUT ROWID;
CREATE TABLE photos (
    id INTEGER NOT NULL,
    hash BLOB NOT NULL,
    bytes INTEGER,
    width INTEGER,
    height INTEGER,
    format VARCHAR,
    taken_at VARCHAR,
    taken_offset INTEGER,
    camera_make VARCHAR,
    camera_model VARCHAR,
    phash INTEGER,
    pixels BLOB,
    orphaned_at VARCHAR,
    superseded_by INTEGER, orientation INTEGER, taken_source VARCHAR, lens VARCHAR, exposure_time FLOAT, f_number FLOAT, iso INTEGER, focal_length FLOAT, latitude FLOAT, longitude FLOAT, altitude FLOAT, rating FLOAT, title VARCHAR, caption VARCHAR, city VARCHAR, region VARCHAR, country VARCHAR, taken_ms INTEGER,
    PRIMARY KEY (id),
    UNIQUE (hash),
    FOREIGN KEY(superseded_by) REFERENCES photos (id) ON DELETE SET NULL
);
INSERT INTO "photos" VALUES(1,X'0000000000000000000000000000000000000000000000000000000000000000',10,4,3,'JPEG','2020-01-02T03:04:05',60,'Acme','One',7,NULL,NULL,NULL,NULL,NULL,'50mm',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Rome',NULL,NULL,NULL);
INSERT INTO "photos" VALUES(2,X'6F6C64',10,4,3,'JPEG',NULL,NULL,NULL,NULL,7,NULL,'2026-11-01',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "photos" VALUES(3,X'0000000000000000000000000000000000000000000000000000000000000052',10,4,3,'RAW','2020-01-02T03:04:05',60,'Acme','One',7,NULL,NULL,NULL,NULL,NULL,'50mm',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Rome',NULL,NULL,NULL);
CREATE TABLE protected_folders (path BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
INSERT INTO "protected_folders" VALUES(X'2F70');
CREATE TABLE ratings (
    photo_id INTEGER NOT NULL,
    stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
    PRIMARY KEY (photo_id),
    FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE
);
INSERT INTO "ratings" VALUES(1,5);
CREATE TABLE rejected_tags (photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE, name VARCHAR NOT NULL, PRIMARY KEY (photo_id, name)) WITHOUT ROWID;
INSERT INTO "rejected_tags" VALUES(1,'dog');
CREATE TABLE removals (id INTEGER NOT NULL PRIMARY KEY, batch INTEGER NOT NULL, at VARCHAR NOT NULL, hash BLOB NOT NULL, path BLOB NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, kept BLOB NOT NULL, place BLOB NOT NULL, state VARCHAR NOT NULL, journal_id INTEGER);
CREATE TABLE roots (
    id INTEGER NOT NULL,
    path BLOB NOT NULL,
    removed BOOLEAN DEFAULT 0 NOT NULL,
    mounted BOOLEAN DEFAULT 0 NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (path)
);
INSERT INTO "roots" VALUES(1,X'2F616C62756D',0,0);
CREATE TABLE schema_version (
    version INTEGER NOT NULL,
    applied_at VARCHAR NOT NULL,
    PRIMARY KEY (version)
);
INSERT INTO "schema_version" VALUES(1,'2026-11-01T00:00:00+00:00');
INSERT INTO "schema_version" VALUES(2,'2026-01-01T00:00:00+00:00');
INSERT INTO "schema_version" VALUES(3,'2026-01-01T00:00:00+00:00');
INSERT INTO "schema_version" VALUES(4,'2026-01-01T00:00:00+00:00');
INSERT INTO "schema_version" VALUES(5,'2026-01-01T00:00:00+00:00');
INSERT INTO "schema_version" VALUES(6,'2026-01-01T00:00:00+00:00');
INSERT INTO "schema_version" VALUES(7,'2026-01-01T00:00:00+00:00');
INSERT INTO "schema_version" VALUES(8,'2026-01-01T00:00:00+00:00');
INSERT INTO "schema_version" VALUES(9,'2026-11-26T13:17:21+00:00');
INSERT INTO "schema_version" VALUES(10,'2026-11-26T13:25:58+00:00');
CREATE TABLE search_history (query VARCHAR NOT NULL, at VARCHAR NOT NULL, PRIMARY KEY (query)) WITHOUT ROWID;
INSERT INTO "search_history" VALUES('a dog','2026-01-01T00:00:00+00:00');
CREATE TABLE searches (name VARCHAR NOT NULL, query VARCHAR NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID;
INSERT INTO "searches" VALUES('beach','the kids at the beach');
CREATE TABLE tag_examples (photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE, name VARCHAR NOT NULL, shows BOOLEAN NOT NULL, PRIMARY KEY (photo_id, name)) WITHOUT ROWID;
INSERT INTO "tag_examples" VALUES(1,'Rex',1);
CREATE TABLE tag_heads (name VARCHAR NOT NULL PRIMARY KEY, encoder VARCHAR NOT NULL, stamp VARCHAR NOT NULL, numbers BLOB NOT NULL, quality VARCHAR NOT NULL) WITHOUT ROWID;
CREATE TABLE tags (
    photo_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    encoder VARCHAR,
    confidence FLOAT,
    PRIMARY KEY (photo_id, name, source),
    FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "tags" VALUES(1,'snow','user',NULL,NULL);
CREATE TABLE vectors (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    photo_id INTEGER NOT NULL,
    encoder VARCHAR NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (photo_id, encoder),
    FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE
);
INSERT INTO "vectors" VALUES(1,1,'tiny',X'0000000000000000');
CREATE INDEX photos_orphaned ON photos (id) WHERE orphaned_at IS NOT NULL;
CREATE INDEX outcomes_stage ON outcomes (stage, version, status);
CREATE INDEX vectors_encoder ON vectors (encoder, seq);
CREATE INDEX tags_name ON tags (name);
CREATE INDEX files_pending ON files (pending) WHERE pending;
CREATE INDEX files_photo ON files (photo_id);
CREATE INDEX files_missing ON files (photo_id) WHERE missing_since IS NOT NULL;
CREATE INDEX pairs_b ON pairs (photo_b);
CREATE INDEX album_photos_album ON album_photos (album);
CREATE INDEX files_still ON files (folder_id, still) WHERE still IS NOT NULL;
CREATE INDEX files_companion ON files (companion_of) WHERE companion_of IS NOT NULL;
CREATE INDEX outcomes_failed ON outcomes (photo_id) WHERE status = 'failed';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('vectors',1);
COMMIT;

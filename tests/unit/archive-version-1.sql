PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE venue (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE
        CHECK (length(slug) BETWEEN 1 AND 64
            AND slug NOT GLOB '*[^-0-9a-z]*'),
    name TEXT NOT NULL CHECK (name <> ''),
    url TEXT NOT NULL CHECK (url <> ''),
    kind TEXT CHECK (kind <> ''),
    language TEXT CHECK (length(language) BETWEEN 2 AND 35
        AND language NOT GLOB '*[^-0-9A-Za-z]*'),
    licence TEXT CHECK (licence <> ''),
    own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1)),
    digest BLOB CHECK (length(digest) = 32),
    CHECK (instr(slug || name || url || ifnull(kind, '') || ifnull(language, '')
        || ifnull(licence, ''), char(0)) = 0)
) STRICT;
INSERT INTO venue VALUES(1,'forum','Wrenholt Forum','https://forum.wrenholt.example/','forum',NULL,'CC BY-SA 4.0',1,X'f923729da2405f424df146606b85eedbc9df56b2b51e15cc005c502079ff9ae0');
CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE
        CHECK (length(slug) BETWEEN 1 AND 64
            AND slug NOT GLOB '*[^-0-9a-z]*'),
    name TEXT NOT NULL CHECK (name <> ''),
    url TEXT NOT NULL CHECK (url <> ''),
    digest BLOB CHECK (length(digest) = 32),
    CHECK (instr(slug || name || url, char(0)) = 0)
) STRICT;
INSERT INTO product VALUES(1,'kettle','Kettle','https://wrenholt.example/kettle',X'd3c425a3250e1a9673271f807fb8422a6848a7bc2040dbe3e53e68e25f7ba056');
CREATE TABLE product_alias (
    product_id INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,
    alias TEXT NOT NULL CHECK (alias <> '' AND instr(alias, char(0)) = 0),
    PRIMARY KEY (product_id, alias)
) STRICT, WITHOUT ROWID;
INSERT INTO product_alias VALUES(1,'K1');
CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    venue_id INTEGER NOT NULL REFERENCES venue,
    ref TEXT NOT NULL CHECK (ref <> ''),
    name TEXT NOT NULL,
    url TEXT CHECK (url <> ''),
    staff INTEGER NOT NULL DEFAULT 0 CHECK (staff IN (0, 1)),
    UNIQUE (venue_id, ref),
    CHECK (instr(ref || name || ifnull(url, ''), char(0)) = 0)
) STRICT;
INSERT INTO author VALUES(1,1,'u8','Bo',NULL,0);
INSERT INTO author VALUES(2,1,'u17','Dana',NULL,1);
CREATE TABLE thread (
    id INTEGER PRIMARY KEY,
    venue_id INTEGER NOT NULL REFERENCES venue,
    ref TEXT NOT NULL CHECK (ref <> ''),
    url TEXT NOT NULL CHECK (url <> ''),
    title TEXT NOT NULL,
    created INTEGER NOT NULL CHECK (created BETWEEN -62135596800 AND 253402300799),
    updated INTEGER CHECK (updated BETWEEN -62135596800 AND 253402300799),
    score INTEGER NOT NULL DEFAULT 0,
    views INTEGER,
    solved_by TEXT CHECK (solved_by <> ''),
    gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
    hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
    embargo INTEGER CHECK (embargo BETWEEN -62135596800 AND 253402300799),
    expires INTEGER CHECK (expires BETWEEN -62135596800 AND 253402300799),
    digest BLOB CHECK (length(digest) = 32),
    UNIQUE (venue_id, ref),
    CHECK (instr(ref || url || title || ifnull(solved_by, ''), char(0)) = 0)
) STRICT;
INSERT INTO thread VALUES(1,1,'4711','https://forum.wrenholt.example/t/4711','The lid leaks',1772352900,NULL,2,40,'2',0,0,NULL,NULL,X'91b830db4b52721c04c14bb85e5c5b15c2f74129a27f518274d3841f93619dcf');
INSERT INTO thread VALUES(2,1,'4712','https://forum.wrenholt.example/t/4712','A second one',1772525700,NULL,0,NULL,NULL,0,1,NULL,NULL,X'077249b585d3336a11c44f8ce3c43318ca55ddac8843f523b86ac243aa39eb3f');
CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    ref TEXT NOT NULL CHECK (ref <> ''),
    parent TEXT CHECK (parent <> ''),
    author_id INTEGER REFERENCES author ON DELETE SET NULL,
    created INTEGER NOT NULL CHECK (created BETWEEN -62135596800 AND 253402300799),
    edited INTEGER CHECK (edited BETWEEN -62135596800 AND 253402300799),
    format TEXT NOT NULL
        CHECK (format = 'markdown' OR format = 'html' OR format = 'text'),
    language TEXT CHECK (length(language) BETWEEN 2 AND 35
        AND language NOT GLOB '*[^-0-9A-Za-z]*'),
    score INTEGER NOT NULL DEFAULT 0,
    url TEXT CHECK (url <> ''),
    licence TEXT CHECK (licence <> ''),
    permission TEXT CHECK (permission <> ''),
    gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
    hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
    fetched INTEGER CHECK (fetched BETWEEN -62135596800 AND 253402300799),
    hash BLOB CHECK (length(hash) = 32),
    body TEXT NOT NULL CHECK (body = printf('%s', body)),
    UNIQUE (thread_id, ref),
    CHECK (instr(ref || ifnull(parent, '') || ifnull(language, '') || ifnull(url, '')
        || ifnull(licence, '') || ifnull(permission, ''), char(0)) = 0)
) STRICT;
INSERT INTO post VALUES(1,1,'1',NULL,1,1772352900,NULL,'text',NULL,0,NULL,NULL,NULL,0,0,NULL,X'bb12c864c60f68a09c1fe4cef52471a3abeafe9f08c82388ccf69becb5be229d','It does, every time.');
INSERT INTO post VALUES(2,1,'2','1',2,1772355720,1772355780,'markdown',NULL,0,NULL,NULL,NULL,0,0,1772409600,X'e37923b943765d8bb7d94c42285da947b2aa7cd9d6a3f002d63d6f04f9de7272','We shipped the *wrong* lid.');
INSERT INTO post VALUES(3,1,'3',NULL,NULL,1772359200,NULL,'html',NULL,0,NULL,NULL,NULL,1,0,NULL,X'a5c6c23d21aa1a860f59a258f65e1d5235097457ac326a2bcf2993fa4adb85ec','<p>Mine too.</p>');
INSERT INTO post VALUES(4,2,'4',NULL,1,1772525700,NULL,'text',NULL,0,NULL,NULL,NULL,0,0,NULL,X'1428a992c5abcd80c7ae244ec7411a0228150c3ca8acc0223c47f98f15ebf497','Still leaks.');
CREATE TABLE thread_product (
    thread_id INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    product_id INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,
    PRIMARY KEY (thread_id, product_id)
) STRICT, WITHOUT ROWID;
INSERT INTO thread_product VALUES(1,1);
CREATE TABLE thread_tag (
    thread_id INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    tag TEXT NOT NULL CHECK (tag <> '' AND instr(tag, char(0)) = 0),
    PRIMARY KEY (thread_id, tag)
) STRICT, WITHOUT ROWID;
INSERT INTO thread_tag VALUES(1,'lid');
CREATE TABLE label (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (name <> ''),
    post TEXT CHECK (post <> ''),
    quote TEXT CHECK (quote <> ''),
    by TEXT NOT NULL CHECK (by <> ''),
    at INTEGER NOT NULL CHECK (at BETWEEN -62135596800 AND 253402300799),
    note TEXT CHECK (note <> ''),
    hash BLOB CHECK (length(hash) = 32),
    CHECK (instr(name || by || ifnull(post, '') || ifnull(quote, '')
        || ifnull(note, ''), char(0)) = 0)
) STRICT;
INSERT INTO label VALUES(1,1,'wrong','2','We shipped the wrong lid.','kim',1772438400,'clear',X'e37923b943765d8bb7d94c42285da947b2aa7cd9d6a3f002d63d6f04f9de7272');
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,
    kind TEXT NOT NULL
        CHECK (kind IN ('admission', 'gratitude', 'resolution', 'referral')),
    grade TEXT CHECK (grade IN ('fault', 'slip', 'hedged', 'formula')),
    start INTEGER NOT NULL CHECK (start >= 0),
    stop INTEGER NOT NULL CHECK (stop > start),
    pattern TEXT NOT NULL
        CHECK (pattern <> '' AND instr(pattern, char(0)) = 0)
) STRICT;
INSERT INTO evidence VALUES(1,2,'admission','fault',0,5,'wrong');
CREATE TABLE tombstone (
    kind TEXT NOT NULL CHECK (kind IN ('author', 'thread', 'post')),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (kind, hash)
) STRICT, WITHOUT ROWID;
INSERT INTO tombstone VALUES('author',X'0000000000000000000000000000000000000000000000000000000000000000');
CREATE TABLE tombstone_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;
INSERT INTO tombstone_key VALUES(1,X'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL CHECK (at BETWEEN -62135596800 AND 253402300799),
    command TEXT NOT NULL,
    source TEXT NOT NULL,
    result TEXT NOT NULL
) STRICT;
INSERT INTO import_run VALUES(1,1772409600,'import jsonl','v1.jsonl','threads: 2 new, 0 changed, 0 unchanged, 0 gone, 0 refused; posts: 4; records skipped: 0');
CREATE INDEX post_facts ON post (thread_id, created, ref, author_id, score,
    gone, hidden, licence, permission);
CREATE INDEX post_author ON post (author_id, created);
CREATE INDEX label_order ON label (thread_id, at, name, post, by, quote, note);
CREATE INDEX thread_product_product ON thread_product (product_id);
CREATE INDEX evidence_post ON evidence (post_id);
CREATE INDEX thread_undigested ON thread (id) WHERE digest IS NULL;
CREATE TRIGGER thread_updated AFTER UPDATE OF venue_id, ref, url, title,
    created, updated, score, views, solved_by, gone, hidden, embargo, expires
    ON thread
WHEN NEW.digest IS OLD.digest AND NEW.digest IS NOT NULL BEGIN
    UPDATE thread SET digest = NULL WHERE id = NEW.id AND digest IS NOT NULL;
END;
CREATE TRIGGER post_inserted AFTER INSERT ON post BEGIN
    UPDATE thread SET digest = NULL WHERE id = NEW.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER post_deleted AFTER DELETE ON post BEGIN
    UPDATE thread SET digest = NULL WHERE id = OLD.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER post_updated AFTER UPDATE OF thread_id, ref, parent, author_id,
    created, edited, format, language, score, url, licence, permission, gone,
    hidden, body
    ON post BEGIN
    UPDATE thread SET digest = NULL WHERE id = OLD.thread_id AND digest IS NOT NULL;
    UPDATE thread SET digest = NULL WHERE id = NEW.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER post_rewritten AFTER UPDATE OF format, body ON post
WHEN NEW.body IS NOT OLD.body OR NEW.format IS NOT OLD.format BEGIN
    UPDATE post SET hash = NULL WHERE id = NEW.id AND NEW.hash IS OLD.hash;
    DELETE FROM evidence WHERE post_id = NEW.id;
END;
CREATE TRIGGER author_updated AFTER UPDATE OF id, ref, name, url, staff
    ON author BEGIN
    UPDATE thread SET digest = NULL WHERE id IN (SELECT thread_id FROM post
        WHERE author_id = NEW.id) AND digest IS NOT NULL;
END;
CREATE TRIGGER venue_updated AFTER UPDATE OF id, slug ON venue BEGIN
    UPDATE thread SET digest = NULL WHERE venue_id = NEW.id AND digest IS NOT NULL;
END;
CREATE TRIGGER product_updated AFTER UPDATE OF id, slug ON product BEGIN
    UPDATE thread SET digest = NULL WHERE id IN (SELECT thread_id FROM thread_product
        WHERE product_id = NEW.id) AND digest IS NOT NULL;
END;
CREATE TRIGGER venue_described AFTER UPDATE OF slug, name, url, kind, language,
    licence, own ON venue
WHEN NEW.digest IS OLD.digest AND NEW.digest IS NOT NULL BEGIN
    UPDATE venue SET digest = NULL WHERE id = NEW.id AND digest IS NOT NULL;
END;
CREATE TRIGGER product_described AFTER UPDATE OF slug, name, url ON product
WHEN NEW.digest IS OLD.digest AND NEW.digest IS NOT NULL BEGIN
    UPDATE product SET digest = NULL WHERE id = NEW.id AND digest IS NOT NULL;
END;
CREATE TRIGGER product_alias_inserted AFTER INSERT ON product_alias BEGIN
    UPDATE product SET digest = NULL WHERE id = NEW.product_id AND digest IS NOT NULL;
END;
CREATE TRIGGER product_alias_deleted AFTER DELETE ON product_alias BEGIN
    UPDATE product SET digest = NULL WHERE id = OLD.product_id AND digest IS NOT NULL;
END;
CREATE TRIGGER product_alias_updated AFTER UPDATE ON product_alias BEGIN
    UPDATE product SET digest = NULL WHERE id = OLD.product_id AND digest IS NOT NULL;
    UPDATE product SET digest = NULL WHERE id = NEW.product_id AND digest IS NOT NULL;
END;
CREATE TRIGGER thread_product_inserted AFTER INSERT ON thread_product BEGIN
    UPDATE thread SET digest = NULL WHERE id = NEW.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER thread_product_deleted AFTER DELETE ON thread_product BEGIN
    UPDATE thread SET digest = NULL WHERE id = OLD.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER thread_product_updated AFTER UPDATE ON thread_product BEGIN
    UPDATE thread SET digest = NULL WHERE id = OLD.thread_id AND digest IS NOT NULL;
    UPDATE thread SET digest = NULL WHERE id = NEW.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER thread_tag_inserted AFTER INSERT ON thread_tag BEGIN
    UPDATE thread SET digest = NULL WHERE id = NEW.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER thread_tag_deleted AFTER DELETE ON thread_tag BEGIN
    UPDATE thread SET digest = NULL WHERE id = OLD.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER thread_tag_updated AFTER UPDATE ON thread_tag BEGIN
    UPDATE thread SET digest = NULL WHERE id = OLD.thread_id AND digest IS NOT NULL;
    UPDATE thread SET digest = NULL WHERE id = NEW.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER label_inserted AFTER INSERT ON label BEGIN
    UPDATE thread SET digest = NULL WHERE id = NEW.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER label_deleted AFTER DELETE ON label BEGIN
    UPDATE thread SET digest = NULL WHERE id = OLD.thread_id AND digest IS NOT NULL;
END;
CREATE TRIGGER label_updated AFTER UPDATE OF thread_id, name, post, quote, by, at,
    note ON label BEGIN
    UPDATE thread SET digest = NULL WHERE id = OLD.thread_id AND digest IS NOT NULL;
    UPDATE thread SET digest = NULL WHERE id = NEW.thread_id AND digest IS NOT NULL;
END;
COMMIT;

-- A store as version 0.1 at 41491a1 left it, where a headline alone told articles apart. See test_identities.py.
PRAGMA application_id = 1332638307;
BEGIN TRANSACTION;
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revisions (key),
    first_passage INTEGER NOT NULL,
    passages INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "articles" VALUES('.hidden',13,12,1);
INSERT INTO "articles" VALUES('02201e291af8dfd7424882f6',7,6,1);
INSERT INTO "articles" VALUES('2ceaa2faaa0fa13f3c70420a',9,8,1);
INSERT INTO "articles" VALUES('33be87e1374a58583673058f',10,9,1);
INSERT INTO "articles" VALUES('a',12,11,1);
INSERT INTO "articles" VALUES('fa3147d3d5f51f460cfb9100',5,4,1);
CREATE TABLE facts (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
INSERT INTO "facts" VALUES('digest','3a0686bce3f5f98a80d00fd1a590d1847add27d1698faaf84d56fc162d28b2ac');
INSERT INTO "facts" VALUES('dim',16);
INSERT INTO "facts" VALUES('embedder','made up');
INSERT INTO "facts" VALUES('next_passage',13);
CREATE TABLE migrations (name TEXT PRIMARY KEY);
INSERT INTO "migrations" VALUES('0001_articles_passages_vectors_quotes');
INSERT INTO "migrations" VALUES('0002_quote_terms');
INSERT INTO "migrations" VALUES('0003_standing');
INSERT INTO "migrations" VALUES('0004_one_spelling');
CREATE TABLE passages (
    key INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revisions (key),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL
);
INSERT INTO "passages" VALUES(4,5,0,14,'[[0,14]]');
INSERT INTO "passages" VALUES(6,7,0,9,'[[0,9]]');
INSERT INTO "passages" VALUES(8,9,0,13,'[[0,13]]');
INSERT INTO "passages" VALUES(9,10,0,12,'[[0,12]]');
INSERT INTO "passages" VALUES(11,12,0,7,'[[0,7]]');
INSERT INTO "passages" VALUES(12,13,0,4,'[[0,4]]');
CREATE TABLE past_passages (
    revision INTEGER NOT NULL REFERENCES revisions (key),
    ordinal INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (revision, ordinal)
) WITHOUT ROWID;
INSERT INTO "past_passages" VALUES(1,0,0,11,'[[0,11]]',X'6930AE2975B859B43AB17CB6CAAB9930023491B005B3D23342301D2378B65EAD');
INSERT INTO "past_passages" VALUES(1,1,12,16,'[[12,16]]',X'B534662E222BA227E734293322ADDF1331AD0D26EDB10B394818DAB368B4AEB6');
INSERT INTO "past_passages" VALUES(2,0,0,12,'[[0,12]]',X'5EB22034629B4FB60938E1AF6E1BC49A33371530EAA50DB533ACC73419306732');
INSERT INTO "past_passages" VALUES(3,0,0,18,'[[0,18]]',X'2C3155AA2EB83E2CC2AB1FB604B5F33220B25935FFB44A2D48AFBFAA3AA8BFB5');
INSERT INTO "past_passages" VALUES(8,0,0,7,'[[0,7]]',X'E8B3EFB405B7F62AE232852DEDB26534D6AF27ADEDB0D234A936FBA75EB4BFB4');
INSERT INTO "past_passages" VALUES(11,0,0,7,'[[0,7]]',X'293688B5D62D28B8F233C421CD29A53567AEA3AE89B3B52C2B329B35FA30AA20');
CREATE TABLE quote_terms (
    term TEXT NOT NULL,
    published INTEGER NOT NULL,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (term, published DESC, id, ordinal, revision)
) WITHOUT ROWID;
INSERT INTO "quote_terms" VALUES('o:biv',-9223372036854775808,'02201e291af8dfd7424882f6',0,7);
INSERT INTO "quote_terms" VALUES('o:bux',1704110400000000,'fa3147d3d5f51f460cfb9100',0,1);
INSERT INTO "quote_terms" VALUES('o:dux',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,8);
INSERT INTO "quote_terms" VALUES('o:dux',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,9);
INSERT INTO "quote_terms" VALUES('o:gek',1704196800000000,'fa3147d3d5f51f460cfb9100',0,2);
INSERT INTO "quote_terms" VALUES('o:gek',1704196800000000,'fa3147d3d5f51f460cfb9100',0,3);
INSERT INTO "quote_terms" VALUES('o:goz',1704283200000000,'33be87e1374a58583673058f',0,10);
INSERT INTO "quote_terms" VALUES('o:mux',1704196800000000,'.hidden',0,13);
INSERT INTO "quote_terms" VALUES('o:zek',1704196800000000,'a',0,11);
INSERT INTO "quote_terms" VALUES('o:zek',1704196800000000,'a',0,12);
INSERT INTO "quote_terms" VALUES('o:ziv',1704369600000000,'fa3147d3d5f51f460cfb9100',0,5);
INSERT INTO "quote_terms" VALUES('s:biv',-9223372036854775808,'02201e291af8dfd7424882f6',0,7);
INSERT INTO "quote_terms" VALUES('s:bux',1704110400000000,'fa3147d3d5f51f460cfb9100',0,1);
INSERT INTO "quote_terms" VALUES('s:dux',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,8);
INSERT INTO "quote_terms" VALUES('s:dux',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,9);
INSERT INTO "quote_terms" VALUES('s:gek',1704196800000000,'fa3147d3d5f51f460cfb9100',0,2);
INSERT INTO "quote_terms" VALUES('s:gek',1704196800000000,'fa3147d3d5f51f460cfb9100',0,3);
INSERT INTO "quote_terms" VALUES('s:goz',1704283200000000,'33be87e1374a58583673058f',0,10);
INSERT INTO "quote_terms" VALUES('s:mux',1704196800000000,'.hidden',0,13);
INSERT INTO "quote_terms" VALUES('s:zek',1704196800000000,'a',0,11);
INSERT INTO "quote_terms" VALUES('s:zek',1704196800000000,'a',0,12);
INSERT INTO "quote_terms" VALUES('s:ziv',1704369600000000,'fa3147d3d5f51f460cfb9100',0,5);
INSERT INTO "quote_terms" VALUES('v:biv',-9223372036854775808,'02201e291af8dfd7424882f6',0,7);
INSERT INTO "quote_terms" VALUES('v:bux',1704110400000000,'fa3147d3d5f51f460cfb9100',0,1);
INSERT INTO "quote_terms" VALUES('v:dux',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,8);
INSERT INTO "quote_terms" VALUES('v:dux',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,9);
INSERT INTO "quote_terms" VALUES('v:gek',1704196800000000,'fa3147d3d5f51f460cfb9100',0,2);
INSERT INTO "quote_terms" VALUES('v:gek',1704196800000000,'fa3147d3d5f51f460cfb9100',0,3);
INSERT INTO "quote_terms" VALUES('v:goz',1704283200000000,'33be87e1374a58583673058f',0,10);
INSERT INTO "quote_terms" VALUES('v:mux',1704196800000000,'.hidden',0,13);
INSERT INTO "quote_terms" VALUES('v:zek',1704196800000000,'a',0,11);
INSERT INTO "quote_terms" VALUES('v:zek',1704196800000000,'a',0,12);
INSERT INTO "quote_terms" VALUES('v:ziv',1704369600000000,'fa3147d3d5f51f460cfb9100',0,5);
INSERT INTO "quote_terms" VALUES('w:again',1704196800000000,'fa3147d3d5f51f460cfb9100',0,3);
INSERT INTO "quote_terms" VALUES('w:bivok',-9223372036854775808,'02201e291af8dfd7424882f6',0,7);
INSERT INTO "quote_terms" VALUES('w:burst',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,9);
INSERT INTO "quote_terms" VALUES('w:buxk',1704110400000000,'fa3147d3d5f51f460cfb9100',0,1);
INSERT INTO "quote_terms" VALUES('w:dam',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,8);
INSERT INTO "quote_terms" VALUES('w:dam',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,9);
INSERT INTO "quote_terms" VALUES('w:dux',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,8);
INSERT INTO "quote_terms" VALUES('w:dux',1704283200000000,'2ceaa2faaa0fa13f3c70420a',0,9);
INSERT INTO "quote_terms" VALUES('w:gekk',1704196800000000,'fa3147d3d5f51f460cfb9100',0,2);
INSERT INTO "quote_terms" VALUES('w:gekk',1704196800000000,'fa3147d3d5f51f460cfb9100',0,3);
INSERT INTO "quote_terms" VALUES('w:goz',1704283200000000,'33be87e1374a58583673058f',0,10);
INSERT INTO "quote_terms" VALUES('w:monday',1704110400000000,'fa3147d3d5f51f460cfb9100',0,1);
INSERT INTO "quote_terms" VALUES('w:muxk',1704196800000000,'.hidden',0,13);
INSERT INTO "quote_terms" VALUES('w:one',1704196800000000,'a',0,11);
INSERT INTO "quote_terms" VALUES('w:thursday',1704369600000000,'fa3147d3d5f51f460cfb9100',0,5);
INSERT INTO "quote_terms" VALUES('w:tuesday',1704196800000000,'fa3147d3d5f51f460cfb9100',0,2);
INSERT INTO "quote_terms" VALUES('w:tuesday',1704196800000000,'fa3147d3d5f51f460cfb9100',0,3);
INSERT INTO "quote_terms" VALUES('w:two',1704196800000000,'a',0,12);
INSERT INTO "quote_terms" VALUES('w:two',-9223372036854775808,'02201e291af8dfd7424882f6',0,7);
INSERT INTO "quote_terms" VALUES('w:untitl',1704283200000000,'33be87e1374a58583673058f',0,10);
INSERT INTO "quote_terms" VALUES('w:zek',1704196800000000,'a',0,11);
INSERT INTO "quote_terms" VALUES('w:zek',1704196800000000,'a',0,12);
INSERT INTO "quote_terms" VALUES('w:zivok',1704369600000000,'fa3147d3d5f51f460cfb9100',0,5);
CREATE TABLE quotes (
    revision INTEGER NOT NULL REFERENCES revisions (key),
    ordinal INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (revision, ordinal)
) WITHOUT ROWID;
INSERT INTO "quotes" VALUES(1,0,0,11,'{"v":2,"content":[[0,11]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["bux",0,3],"resolved":["bux",0,3],"role":["bux",0,3],"organisation":["bux",0,3],"via":["bux",0,3],"cue":["bux",0,3],"hedges":[["bux",0,3],["bux",0,3]]}');
INSERT INTO "quotes" VALUES(2,0,0,12,'{"v":2,"content":[[0,12]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["gek",0,3],"resolved":["gek",0,3],"role":["gek",0,3],"organisation":["gek",0,3],"via":["gek",0,3],"cue":["gek",0,3],"hedges":[["gek",0,3],["gek",0,3]]}');
INSERT INTO "quotes" VALUES(3,0,0,18,'{"v":2,"content":[[0,18]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["gek",0,3],"resolved":["gek",0,3],"role":["gek",0,3],"organisation":["gek",0,3],"via":["gek",0,3],"cue":["gek",0,3],"hedges":[["gek",0,3],["gek",0,3]]}');
INSERT INTO "quotes" VALUES(5,0,0,14,'{"v":2,"content":[[0,14]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["ziv",0,3],"resolved":["ziv",0,3],"role":["ziv",0,3],"organisation":["ziv",0,3],"via":["ziv",0,3],"cue":["ziv",0,3],"hedges":[["ziv",0,3],["ziv",0,3]]}');
INSERT INTO "quotes" VALUES(7,0,0,9,'{"v":2,"content":[[0,9]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["biv",0,3],"resolved":["biv",0,3],"role":["biv",0,3],"organisation":["biv",0,3],"via":["biv",0,3],"cue":["biv",0,3],"hedges":[["biv",0,3],["biv",0,3]]}');
INSERT INTO "quotes" VALUES(8,0,0,7,'{"v":2,"content":[[0,7]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["dux",0,3],"resolved":["dux",0,3],"role":["dux",0,3],"organisation":["dux",0,3],"via":["dux",0,3],"cue":["dux",0,3],"hedges":[["dux",0,3],["dux",0,3]]}');
INSERT INTO "quotes" VALUES(9,0,0,13,'{"v":2,"content":[[0,13]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["dux",0,3],"resolved":["dux",0,3],"role":["dux",0,3],"organisation":["dux",0,3],"via":["dux",0,3],"cue":["dux",0,3],"hedges":[["dux",0,3],["dux",0,3]]}');
INSERT INTO "quotes" VALUES(10,0,0,12,'{"v":2,"content":[[0,12]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["goz",0,3],"resolved":["goz",0,3],"role":["goz",0,3],"organisation":["goz",0,3],"via":["goz",0,3],"cue":["goz",0,3],"hedges":[["goz",0,3],["goz",0,3]]}');
INSERT INTO "quotes" VALUES(11,0,0,7,'{"v":2,"content":[[0,7]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["zek",0,3],"resolved":["zek",0,3],"role":["zek",0,3],"organisation":["zek",0,3],"via":["zek",0,3],"cue":["zek",0,3],"hedges":[["zek",0,3],["zek",0,3]]}');
INSERT INTO "quotes" VALUES(12,0,0,7,'{"v":2,"content":[[0,7]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["zek",0,3],"resolved":["zek",0,3],"role":["zek",0,3],"organisation":["zek",0,3],"via":["zek",0,3],"cue":["zek",0,3],"hedges":[["zek",0,3],["zek",0,3]]}');
INSERT INTO "quotes" VALUES(13,0,0,4,'{"v":2,"content":[[0,4]],"kind":"anonymous","speech":"mixed","asserted":false,"speaker":["mux",0,3],"resolved":["mux",0,3],"role":["mux",0,3],"organisation":["mux",0,3],"via":["mux",0,3],"cue":["mux",0,3],"hedges":[["mux",0,3],["mux",0,3]]}');
CREATE TABLE removals (revision INTEGER PRIMARY KEY);
CREATE TABLE revisions (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    revision TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    authors TEXT NOT NULL,
    url TEXT,
    published_at TEXT,
    language TEXT NOT NULL
);
INSERT INTO "revisions" VALUES(1,'fa3147d3d5f51f460cfb9100','sha256:520886f1eb6ef497075dbc3edcb1ab912dd1b2ad9a456d200c2baab14cc0c1ed','buxk monday
dozk','Weather','Example Herald','["A. Writer", "B. Writer"]',NULL,'2024-01-01T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(2,'fa3147d3d5f51f460cfb9100','sha256:33a1c38bf34799db4cb6fd7989d740485452e998164da615da39e2f608f9531c','gekk tuesday','Weather','Example Herald','["A. Writer", "B. Writer"]',NULL,'2024-01-02T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(3,'fa3147d3d5f51f460cfb9100','sha256:e5ec6068b941479bdbf776e43ecdfc3fcaf611988ed368664d621c941a97d268','gekk tuesday again','Weather','Example Herald','["A. Writer", "B. Writer"]',NULL,'2024-01-02T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(4,'fa3147d3d5f51f460cfb9100','sha256:1bb9fab1770b0f22b684b48694b7d3928f815bd2be7a66777a9b9c98b3a34e59','mekk wednesday','Weather','Example Herald','["A. Writer", "B. Writer"]',NULL,'2024-01-03T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(5,'fa3147d3d5f51f460cfb9100','sha256:43894c292e096037b4ab58aac96b31b13ba7ab36ad5f107a6c06952004fa7ce9','zivok thursday','Weather','Example Herald','["A. Writer", "B. Writer"]',NULL,'2024-01-04T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(6,'02201e291af8dfd7424882f6','sha256:527451970c54d91e062446a066ed60b990d1538223b58ead9ecbc8130a742902','bivok one','Notes','Example Herald','["A. Writer", "B. Writer"]',NULL,NULL,'en');
INSERT INTO "revisions" VALUES(7,'02201e291af8dfd7424882f6','sha256:6edeadcbf4aef6a75584b2b0e78b728c31fc6ef393cedf5e4a0254dfff23f90c','bivok two','Notes','Example Herald','["A. Writer", "B. Writer"]',NULL,NULL,'en');
INSERT INTO "revisions" VALUES(8,'2ceaa2faaa0fa13f3c70420a','sha256:c6c0c2dda66c1463c3837b66b136c64fe7fcf9ebdaa242fa942e4a01cdee68c2','dux dam','Dam','Example Herald','["A. Writer", "B. Writer"]',NULL,'2024-01-03T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(9,'2ceaa2faaa0fa13f3c70420a','sha256:99420c9af5fcd99c7a44de71c7eb7650276f45eebcbebac45b6f65a390874bbf','dux dam burst','Dam','Example Herald','["A. Writer", "B. Writer"]',NULL,'2024-01-03T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(10,'33be87e1374a58583673058f','sha256:caa2655f37281d82ccec56d2ad4c5f0b2aeff58077de9a1739a134dbd555ef51','goz untitled','','Example Herald','["A. Writer", "B. Writer"]',NULL,'2024-01-03T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(11,'a','sha256:e7d9fc7c55df5e3d695d6914906e5dabe46bbbd46829133f8c1fb12b31558207','zek one','Weather','Example Herald','["A. Writer", "B. Writer"]','https://example.org/a','2024-01-02T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(12,'a','sha256:bf9f2fa57fa2605e8ff181e0deb94f4cc22b6eb13b05d1d459fd636dbe268eab','zek two','Weather','Example Herald','["A. Writer", "B. Writer"]','https://example.org/a','2024-01-02T12:00:00+00:00','en');
INSERT INTO "revisions" VALUES(13,'.hidden','sha256:3f9c69d5d38c980ee3a49fdc3df179c19401dfa06b1c2e8829ff47bead3b06dd','muxk','','Example Herald','["A. Writer", "B. Writer"]','https://example.org/.hidden','2024-01-02T12:00:00+00:00','en');
CREATE TABLE standing (
    revision INTEGER PRIMARY KEY REFERENCES revisions (key),
    id TEXT NOT NULL,
    published INTEGER NOT NULL,
    publisher TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
);
INSERT INTO "standing" VALUES(1,'fa3147d3d5f51f460cfb9100',1704110400000000,'example herald',1704110400000000,1704196800000000);
INSERT INTO "standing" VALUES(2,'fa3147d3d5f51f460cfb9100',1704196800000000,'example herald',1704196800000000,1704218400000000);
INSERT INTO "standing" VALUES(3,'fa3147d3d5f51f460cfb9100',1704196800000000,'example herald',1704218400000000,1704369600000000);
INSERT INTO "standing" VALUES(5,'fa3147d3d5f51f460cfb9100',1704369600000000,'example herald',1704369600000000,9223372036854775807);
INSERT INTO "standing" VALUES(7,'02201e291af8dfd7424882f6',-9223372036854775808,'example herald',-9223372036854775808,9223372036854775807);
INSERT INTO "standing" VALUES(8,'2ceaa2faaa0fa13f3c70420a',1704283200000000,'example herald',1704283200000000,1704369600000000);
INSERT INTO "standing" VALUES(9,'2ceaa2faaa0fa13f3c70420a',1704283200000000,'example herald',1704369600000000,9223372036854775807);
INSERT INTO "standing" VALUES(10,'33be87e1374a58583673058f',1704283200000000,'example herald',1704283200000000,9223372036854775807);
INSERT INTO "standing" VALUES(11,'a',1704196800000000,'example herald',1704196800000000,1704283200000000);
INSERT INTO "standing" VALUES(12,'a',1704196800000000,'example herald',1704283200000000,9223372036854775807);
INSERT INTO "standing" VALUES(13,'.hidden',1704196800000000,'example herald',1704196800000000,9223372036854775807);
CREATE TABLE vectors (key INTEGER PRIMARY KEY, vector BLOB NOT NULL);
INSERT INTO "vectors" VALUES(4,X'4F35682F803837A44B337436DA224BAEC334922C8C2B97AC5A31FBB4E5B4D5AF');
INSERT INTO "vectors" VALUES(6,X'443826AC9528BFAC9C31FD35D33553ACB7347931E02B8F33F82930AF3036A4B3');
INSERT INTO "vectors" VALUES(8,X'24B493A06739E9B4F2A4F0289B3307A9843536B36DB4BD2DED32602FE89DFE2D');
INSERT INTO "vectors" VALUES(9,X'32B01431DB2A473090B5C936383356AEC4AE5EB281B2A0357434282FB5B6E834');
INSERT INTO "vectors" VALUES(11,X'B1327E3334B07599E5B3A23339B780AB553417B148B1872F27B8012C0DB6872B');
INSERT INTO "vectors" VALUES(12,X'05AE543605B167B56EA999B78833CDAFE4364CB030B4782BC72CE03420AF1B2F');
CREATE INDEX revisions_id ON revisions (id);
CREATE INDEX articles_first_passage ON articles (first_passage);
CREATE INDEX standing_published ON standing (published DESC, id);
CREATE INDEX standing_until ON standing (until, since);
CREATE INDEX standing_id ON standing (id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('revisions',13);
COMMIT;

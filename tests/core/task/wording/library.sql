CREATE TABLE docs (docid INTEGER PRIMARY KEY, doctitle TEXT, docyear INTEGER, docpages INTEGER,
  docsizes INTEGER, isbn TEXT, doi TEXT, url TEXT);
INSERT INTO docs SELECT i, 'On ' || ('["Trees","Tides","Rust","Moss","Light","Sound"]' ->> (i % 6))
  || ' and ' || ('["Time","Salt","Wind","Stone"]' ->> (i / 6)), 1980 + i * 11 % 40, 90 + i * 37 %
  400, 1 + i * 7 % 9, '978-3-' || (10000 + i * 7), '10.1000/' || i, 'https://d.example/' || i FROM n
  WHERE i < 24;
CREATE TABLE author (aid INTEGER PRIMARY KEY, author_name TEXT, born INTEGER, died INTEGER,
  nationality TEXT, hIndex INTEGER, orcid TEXT);
INSERT INTO author SELECT i,
  '["Ito","Bauer","Costa","Dupont","Evans","Fischer","Gruber","Haas","Ivanov","Jansen"]' ->> (i -
  1), 1920 + i * 7 % 50, CASE WHEN i % 2 THEN 1990 + i * 3 % 30 END,
  '["Austria","Brazil","France","Japan"]' ->> (i * 3 % 4), 3 + i * 13 % 60, '0000-000' || i FROM n
  WHERE i < 11;
CREATE TABLE wrote (aid INTEGER REFERENCES author, docid INTEGER REFERENCES docs, position INTEGER,
  share_pct INTEGER, PRIMARY KEY (aid, docid));
INSERT OR IGNORE INTO wrote SELECT 1 + i * 3 % 10, 1 + i * i % 23, 1 + i % 4, 10 + i * 7 % 90 FROM n
  WHERE i < 60;
CREATE TABLE cites (citing INTEGER REFERENCES docs, cited INTEGER REFERENCES docs, PRIMARY KEY
  (citing, cited));
INSERT OR IGNORE INTO cites SELECT 1 + i * 5 % 23, 1 + i * i % 23 FROM n WHERE i < 70;
CREATE TABLE likes (reader TEXT, docid INTEGER REFERENCES docs, liked_on TEXT, graded INTEGER);
INSERT INTO likes SELECT '["Ann","Ben","Cy","Di","Ed","Flo"]' ->> (i * i % 6), 1 + i * 7 % 23,
  '2021-0' || (1 + i % 9) || '-1' || (i % 9), 1 + i * 3 % 5 FROM n WHERE i < 50;
CREATE TABLE borrowed (loanNo INTEGER PRIMARY KEY, docid INTEGER REFERENCES docs, borrowed_by TEXT,
  borrowedOn TEXT, dueBack TEXT, returned TEXT, renewals INTEGER, fine_eur REAL);
INSERT INTO borrowed SELECT 500 + i, 1 + i * i % 23, '["Ann","Ben","Cy","Di"]' ->> (i % 4), '2022-0'
  || (1 + i % 9) || '-0' || (1 + i % 8), '2022-0' || (1 + i % 9) || '-2' || (i % 8), CASE WHEN i % 4
  THEN '2022-0' || (1 + i % 9) || '-1' || (i % 8) END, i % 4, i % 5 * 1.5 FROM n WHERE i < 45;

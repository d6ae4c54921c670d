CREATE TABLE movie (imdb_id TEXT PRIMARY KEY, title TEXT, yr INTEGER, directed_by TEXT, starring
  TEXT, imdb_score REAL, num_voted INTEGER, dur_min INTEGER, gross_usd INTEGER, based_on TEXT,
  filmed_in TEXT, oscars INTEGER, sequel_of TEXT REFERENCES movie, url TEXT);
INSERT INTO movie SELECT 'tt' || (1000 + i * 17), ('["Dark","Lost","Last","Silent"]' ->> (i % 4)) ||
  ' ' || ('["River","Summer","Train","Garden","Mirror","Island","Winter"]' ->> (i / 4)), 1970 + i *
  7 % 50, '["Alma Reyes","Boris Kane","Chie Mori","Dev Patil"]' ->> (i * 3 % 4),
  '["Nia Holt","Omar Sy","Pia Lund","Quin Ross"]' ->> (i * i % 4), 4.5 + i * 7 % 50 / 10.0, 1000 + i
  * 7919 % 90000, 80 + i * 13 % 70, 100000 + i * 7919777 % 90000000, CASE WHEN i % 3 = 0 THEN
  '["novel","play"]' ->> (i % 2) END, '["Spain","Norway","Peru"]' ->> (i % 3), i % 5, CASE WHEN i %
  6 = 0 THEN 'tt' || (1000 + (i - 3) * 17) END, 'https://m.example/' || i FROM n WHERE i < 28;
CREATE TABLE critic (critic_id INTEGER PRIMARY KEY, critic_name TEXT, writes_for TEXT, born_in TEXT,
  active_since INTEGER);
INSERT INTO critic SELECT i, '["Abbot","Brook","Crane","Drew","Ember","Flint"]' ->> (i - 1),
  '["Herald","Post","Courier"]' ->> (i % 3), '["Rome","Lima","Cairo"]' ->> (i * i % 3), 1990 + i * 5
  % 20 FROM n WHERE i < 7;
CREATE TABLE reviewed (critic_id INTEGER REFERENCES critic, imdb_id TEXT REFERENCES movie, stars
  INTEGER, reviewed_on TEXT, helpful_cnt INTEGER, PRIMARY KEY (critic_id, imdb_id));
INSERT OR IGNORE INTO reviewed SELECT 1 + i * 5 % 6, 'tt' || (1000 + (1 + i * i % 27) * 17), 1 + i *
  3 % 5, '2020-0' || (1 + i % 9) || '-1' || (i % 9), i * 7 % 50 FROM n WHERE i < 60;
CREATE TABLE incident (case_no TEXT PRIMARY KEY, date_incident_start TEXT, date_incident_end TEXT,
  killed INTEGER, injured INTEGER, reported_by TEXT, x INTEGER, y INTEGER, precinct_no INTEGER,
  weapon_used TEXT, closed INTEGER);
INSERT INTO incident SELECT 'C-' || (300 + i * 7), '2019-0' || (1 + i % 9) || '-1' || (i % 9),
  '2019-1' || (i % 3) || '-0' || (1 + i * 2 % 9), i * 3 % 5, i * 7 % 12,
  '["witness","patrol","alarm"]' ->> (i * i % 3), 120000 + i * 7919 % 9000, 480000 + i * 3571 %
  9000, 1 + i * 5 % 9, '["none","knife","other","vehicle"]' ->> (i % 4), i % 3 > 0 FROM n WHERE i <
  45;

CREATE TABLE bundesland (kuerzel TEXT PRIMARY KEY, bezeichnung TEXT, einwohner INTEGER, flaeche_km2
  REAL, hauptstadt TEXT);
INSERT INTO bundesland SELECT '["BY","HE","NW","SN","BE","HH"]' ->> (i - 1),
  '["Bayern","Hessen","Nordrhein-Westfalen","Sachsen","Berlin","Hamburg"]' ->> (i - 1), 1800000 + i
  * 1237891 % 12000000, 755.5 + i * 7919 % 60000,
  '["München","Wiesbaden","Düsseldorf","Dresden","Berlin","Hamburg"]' ->> (i - 1) FROM n WHERE i <
  7;
CREATE TABLE stadt (stadt_id INTEGER PRIMARY KEY, name TEXT, kuerzel TEXT REFERENCES bundesland,
  einwohner INTEGER, gegruendet INTEGER, plz TEXT, breite REAL, laenge REAL, hoehe_m INTEGER,
  kreisfrei INTEGER);
INSERT INTO stadt SELECT i,
  '["Augsburg","Bonn","Coburg","Dachau","Essen","Fulda","Gera","Hof","Iserlohn","Jena","Kassel","Leipzig","Mainz","Neuss","Olpe"]'
  ->> (i - 1), '["BY","HE","NW","SN"]' ->> (i * 3 % 4), 20000 + i * 79193 % 600000, 800 + i * 137 %
  700, '0' || (1000 + i * 4327 % 9000), 47.5 + i * 13 % 70 / 10.0, 6.5 + i * 7 % 80 / 10.0, 20 + i *
  97 % 500, i % 2 FROM n WHERE i < 16;
CREATE TABLE fluss (fluss_id INTEGER PRIMARY KEY, name TEXT, laenge_km REAL, muendet_in INTEGER
  REFERENCES fluss, quelle TEXT);
INSERT INTO fluss SELECT i, '["Rhein","Main","Neckar","Mosel","Elbe","Saale","Fulda","Werra"]' ->>
  (i - 1), 218.5 + i * 331 % 900, CASE WHEN i % 4 > 1 THEN 1 ELSE NULL END,
  '["Alpen","Rhön","Schwarzwald"]' ->> (i % 3) FROM n WHERE i < 9;
CREATE TABLE liegt_an (stadt_id INTEGER REFERENCES stadt, fluss_id INTEGER REFERENCES fluss, ufer
  TEXT, PRIMARY KEY (stadt_id, fluss_id));
INSERT OR IGNORE INTO liegt_an SELECT 1 + i * 7 % 15, 1 + i * i % 8, '["links","rechts","beide"]'
  ->> (i % 3) FROM n WHERE i < 40;
CREATE TABLE pays (id_pays INTEGER PRIMARY KEY, nom TEXT, superficie REAL, nb_habitants INTEGER,
  membre_ue INTEGER, date_adhesion TEXT);
INSERT INTO pays SELECT i, '["France","Espagne","Italie","Suisse","Suède","Grèce","Pologne"]' ->> (i
  - 1), 41000.5 + i * 7919 % 500000, 8000000 + i * 9176543 % 60000000, i <> 4, CASE WHEN i <> 4 THEN
  (1957 + i * 7) || '-01-0' || i END FROM n WHERE i < 8;

CREATE TABLE physician (employeeid INTEGER PRIMARY KEY, name TEXT, position TEXT, ssn INTEGER);
INSERT INTO physician SELECT i,
  '["John Dorian","Elliot Reid","Chris Turk","Percival Cox","Bob Kelso","Todd Quinn","Keith Dudemeister","Molly Clock"]'
  ->> (i - 1), '["Intern","Attending","Chief"]' ->> (i * 2 % 3), 111111110 + i FROM n WHERE i < 9;
CREATE TABLE patient (mrn INTEGER PRIMARY KEY, name TEXT, dob TEXT, sex TEXT, wt_kg REAL, ht_cm
  INTEGER, insured INTEGER, deceased_on TEXT, pcp INTEGER REFERENCES physician);
INSERT INTO patient SELECT 100 + i,
  '["Ann","Ben","Cara","Dan","Eve","Finn","Gus","Hal","Ina","Jon","Kim","Lou","May","Ned","Olga","Pia"]'
  ->> (i - 1), (1940 + i * 7 % 60) || '-0' || (1 + i % 9) || '-1' || (i % 9), '["F","M"]' ->> (i %
  2), 48.5 + i * 17 % 50, 150 + i * 13 % 47, i % 3 > 0, CASE WHEN i % 5 = 0 THEN '2020-0' || (1 + i
  % 9) || '-20' END, 1 + i * 3 % 8 FROM n WHERE i < 17;
CREATE TABLE medication (code INTEGER PRIMARY KEY, name TEXT, brand TEXT, dosage_mg INTEGER,
  is_generic INTEGER);
INSERT INTO medication SELECT i, '["Procrastin","Thesisin","Awakin","Crescavitin","Melioraurin"]'
  ->> (i - 1), '["X","Foo Labs","Bar Labs","Baz Industries"]' ->> (i % 4), i * 125, i % 2 FROM n
  WHERE i < 6;
CREATE TABLE prescribes (physician INTEGER REFERENCES physician, patient INTEGER REFERENCES patient,
  medication INTEGER REFERENCES medication, date TEXT, dose INTEGER, PRIMARY KEY (physician,
  patient, medication, date));
INSERT INTO prescribes SELECT 1 + i * 3 % 8, 101 + i * i % 16, 1 + i % 5, '2021-0' || (1 + i % 9) ||
  '-1' || (i % 8), 1 + i * 7 % 9 FROM n WHERE i < 50;
CREATE TABLE trained_in (physician INTEGER REFERENCES physician, treatment TEXT, certified_on TEXT,
  expires TEXT);
INSERT INTO trained_in SELECT 1 + i * i % 8, '["Bypass","Stenting","Suture","Biopsy"]' ->> (i % 4),
  '2018-0' || (1 + i % 9) || '-01', '2022-0' || (1 + i * 2 % 9) || '-01' FROM n WHERE i < 21;
CREATE TABLE stay (stayid INTEGER PRIMARY KEY, patient INTEGER REFERENCES patient, room_no INTEGER,
  admitted TEXT, discharged TEXT, treated_by INTEGER REFERENCES physician, paid_amt REAL, los_days
  INTEGER, severity INTEGER);
INSERT INTO stay SELECT i, 101 + i * 5 % 16, 101 + i % 7, '2019-0' || (1 + i % 9) || '-1' || (i %
  8), CASE WHEN i % 6 THEN '2019-1' || (i % 3) || '-2' || (i % 9) END, 1 + i * i % 8, 200.5 + i *
  731 % 4000, 1 + i * 7 % 19, 1 + i % 5 FROM n WHERE i < 40;

CREATE TABLE student (stuid INTEGER PRIMARY KEY, lname TEXT, fname TEXT, age INTEGER, sex TEXT,
  major INTEGER, advisor INTEGER, city_code TEXT);
INSERT INTO student SELECT 1000 + i,
  '["Smith","Kim","Jones","Kumar","Gompers","Schultz","Apap","Nelson"]' ->> (i % 8),
  '["Linda","Tracy","Shiela","Dinesh","Paul","Andy","Lisa"]' ->> (i % 7), 17 + i * 5 % 9,
  '["F","M"]' ->> (i % 2), '[600,520,540,550]' ->> (i % 4), 1000 + i * 73 % 900,
  '["BAL","WAS","CHI","PIT"]' ->> (i * 3 % 4) FROM n WHERE i < 33;
CREATE TABLE pets (petid INTEGER PRIMARY KEY, pettype TEXT, pet_age INTEGER, weight REAL, neutered
  INTEGER, seen_by_vet TEXT);
INSERT INTO pets SELECT 2000 + i, '["cat","dog","bird"]' ->> (i * 2 % 3), 1 + i * 7 % 11, 0.5 + i *
  13 % 30, i % 2, CASE WHEN i % 4 THEN '2021-0' || (1 + i % 9) || '-04' END FROM n WHERE i < 22;
CREATE TABLE has_pet (stuid INTEGER REFERENCES student, petid INTEGER REFERENCES pets, adopted_on
  TEXT);
INSERT INTO has_pet SELECT 1001 + i * 7 % 32, 2001 + i * i % 21, '2019-0' || (1 + i % 9) || '-1' ||
  (i % 9) FROM n WHERE i < 30;
CREATE TABLE has_allergy (stuid INTEGER REFERENCES student, allergy TEXT, since INTEGER, treated
  INTEGER);
INSERT INTO has_allergy SELECT 1001 + i * 5 % 32, '["nuts","milk","pollen","eggs"]' ->> (i % 4),
  1999 + i * 3 % 20, i % 3 > 0 FROM n WHERE i < 60;
CREATE TABLE plays_games (stuid INTEGER REFERENCES student, game_name TEXT, hours_played INTEGER,
  high_score INTEGER, lvl INTEGER);
INSERT INTO plays_games SELECT 1001 + i * 11 % 32, '["Tetris","Go","Chess"]' ->> (i * i % 3), i * 7
  % 90, 100 + i * 971 % 5000, 1 + i % 12 FROM n WHERE i < 50;

CREATE TABLE team (team_id INTEGER PRIMARY KEY, short_name TEXT, founded INTEGER, stadium_cap
  INTEGER, nick TEXT);
INSERT INTO team SELECT i,
  '["Ajax","Benfica","Celtic","Dinamo","Everton","Fenway","Genoa","Hearts"]' ->> (i - 1), 1880 + i *
  11 % 60, 12000 + i * 7919 % 50000, '["Reds","Blues","Whites","Greens"]' ->> (i % 4) FROM n WHERE i
  < 9;
CREATE TABLE player (pid INTEGER PRIMARY KEY, full_name TEXT, pos TEXT, shirt_no INTEGER, born_on
  TEXT, ht_cm INTEGER, foot TEXT, rnk INTEGER, captain_of INTEGER REFERENCES team);
INSERT INTO player SELECT i, ('["Abel","Bruno","Carl","Dirk","Egon","Felix"]' ->> (i % 6)) || ' ' ||
  ('["Ax","Berg","Cruz","Dahl","Eck","Frey"]' ->> (i / 6)), '["GK","DF","MF","FW"]' ->> (i * 3 % 4),
  1 + i * 7 % 33, (1985 + i * 5 % 20) || '-0' || (1 + i % 9) || '-1' || (i % 9), 165 + i * 13 % 35,
  '["left","right"]' ->> (i % 3 > 0), i * 5 % 37, CASE WHEN i % 5 = 0 THEN 1 + i / 5 END FROM n
  WHERE i < 36;
CREATE TABLE plays_for (player_id INTEGER REFERENCES player, team_id INTEGER REFERENCES team, since
  INTEGER, until_year INTEGER, goals INTEGER, caps INTEGER, loaned INTEGER, PRIMARY KEY (player_id,
  team_id));
INSERT OR IGNORE INTO plays_for SELECT 1 + i * 5 % 35, 1 + i * i % 8, 2005 + i * 3 % 15, 2019 + i %
  4, i * 11 % 40, i * 29 % 150, i % 4 = 0 FROM n WHERE i < 70;
CREATE TABLE game (game_id INTEGER PRIMARY KEY, home_team_id INTEGER REFERENCES team, away_team_id
  INTEGER REFERENCES team, home_goals INTEGER, away_goals INTEGER, played_on TEXT, attendance
  INTEGER, referee TEXT, won_by TEXT, round_no INTEGER);
INSERT INTO game SELECT i, 1 + i % 8, 1 + (i % 8 + 1 + i % 6) % 8, i * 7 % 5, i * 3 % 4, '2023-0' ||
  (1 + i % 9) || '-1' || (i % 9), 9000 + i * 977 % 30000, '["Ekberg","Orsato","Taylor","Turpin"]'
  ->> (i * i % 4), '["home","away","draw"]' ->> (i % 3), 1 + i % 12 FROM n WHERE i < 60;
CREATE TABLE standings (team_id INTEGER REFERENCES team, season INTEGER, rank INTEGER, points
  INTEGER, wins INTEGER, gd INTEGER, PRIMARY KEY (team_id, season));
INSERT INTO standings SELECT 1 + i % 8, 2015 + i / 8, 1 + (i * 3 + i / 8) % 8, 20 + i * 13 % 60, i *
  5 % 25, i * 7 % 31 - 15 FROM n WHERE i < 40;

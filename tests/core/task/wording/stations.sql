CREATE TABLE station (id INTEGER PRIMARY KEY, name TEXT, lat NUMERIC, long NUMERIC, dock_count
  INTEGER, city TEXT, installation_date TEXT, elev_m REAL);
INSERT INTO station SELECT i,
  '["Adelaide","Arena","Bay","Broadway","Castro","Civic","Davis","Essex","Grant","Howard","Julian","Market"]'
  ->> (i - 1), 37.31 + i * 7 % 50 / 100.0, -121.85 - i * 11 % 50 / 100.0, 11 + i * 4 % 16,
  '["San Jose","Palo Alto","Redwood City"]' ->> (i * 2 % 3), '2013-08-' || (10 + i), 3.5 + i * 19 %
  60 FROM n WHERE i < 13;
CREATE TABLE status (station_id INTEGER REFERENCES station, bikes_available INTEGER, docks_available
  INTEGER, time TEXT);
INSERT INTO status SELECT 1 + i * 5 % 12, i * 7 % 16, 15 - i * 7 % 16, '2013-08-2' || (i % 9) ||
  ' 1' || (i % 10) || ':06:01' FROM n WHERE i < 80;
CREATE TABLE sensor (sensor_id INTEGER PRIMARY KEY, station_id INTEGER REFERENCES station,
  sensor_type TEXT, fw_version TEXT, calibrated TEXT, x REAL, y REAL, enabled TEXT);
INSERT INTO sensor SELECT i, 1 + i * 3 % 12, '["temp","wind","rain"]' ->> (i * 2 % 3),
  '["1.0.2","1.1.0","2.0.0"]' ->> (i % 3), '2014-0' || (1 + i % 9) || '-03', 10.5 + i * 7 % 20, 20.5
  + i * 3 % 20, '["yes","no"]' ->> (i % 4 = 0) FROM n WHERE i < 25;
CREATE TABLE readings (sensor_id INTEGER REFERENCES sensor, ts TEXT, temp_c REAL, hum_pct INTEGER,
  batt_v REAL, dur_ms INTEGER, mean_wind_speed_mph INTEGER, max_temperature_f INTEGER, cloud_cover
  INTEGER, events TEXT);
INSERT INTO readings SELECT 1 + i * 5 % 24, '2015-0' || (1 + i % 9) || '-1' || (i % 9) || ' 0' || (i
  % 10) || ':15', 4.5 + i * 17 % 25, 20 + i * 13 % 70, 2.8 + i * 7 % 14 / 10.0, 30 + i * 971 % 4000,
  i * 3 % 17, 48 + i * 11 % 40, i % 9, CASE WHEN i % 3 THEN '["Fog","Rain"]' ->> (i % 2) END FROM n
  WHERE i < 90;

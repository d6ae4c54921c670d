CREATE TABLE highschooler (ID INTEGER PRIMARY KEY, name TEXT, grade INTEGER);
INSERT INTO highschooler SELECT 1000 + i,
  '["Jordan","Gabriel","Tiffany","Cassandra","Haley","Andrew","Kris","Brittany","Alexis","Austin","Jessica","John","Logan","Kyle","Nora","Otto"]'
  ->> (i - 1), 9 + i % 4 FROM n WHERE i < 17;
CREATE TABLE friend (student_id INTEGER REFERENCES highschooler, friend_id INTEGER REFERENCES
  highschooler, PRIMARY KEY (student_id, friend_id));
INSERT OR IGNORE INTO friend SELECT 1001 + i * 3 % 16, 1001 + (i * 3 + 1 + i * i % 7) % 16 FROM n
  WHERE i < 40;
CREATE TABLE likes (student_id INTEGER REFERENCES highschooler, liked_id INTEGER REFERENCES
  highschooler, PRIMARY KEY (student_id, liked_id));
INSERT OR IGNORE INTO likes SELECT 1001 + i * 5 % 16, 1001 + (i * 5 + 2 + i * i % 5) % 16 FROM n
  WHERE i < 25;
CREATE TABLE course (cid TEXT PRIMARY KEY, cname TEXT, credits INTEGER, taught_by TEXT, prereq TEXT,
  max_students INTEGER, yr INTEGER);
INSERT INTO course SELECT 'C' || i,
  '["Algebra","Biology","Chemistry","Drama","English","French","Geometry","History"]' ->> (i - 1), 2
  + i * 3 % 5, '["Mr Lee","Ms Day","Ms Fox"]' ->> (i * 2 % 3), CASE WHEN i % 3 = 0 THEN 'C' || (i -
  1) END, 15 + i * 7 % 20, 2018 + i % 5 FROM n WHERE i < 9;
CREATE TABLE enrolled_in (student_id INTEGER REFERENCES highschooler, cid TEXT REFERENCES course,
  mark INTEGER, graded_on TEXT, passed INTEGER, hrs_absent INTEGER, PRIMARY KEY (student_id, cid));
INSERT OR IGNORE INTO enrolled_in SELECT 1001 + i * 5 % 16, 'C' || (1 + i * i % 8), 30 + i * 17 %
  70, CASE WHEN i % 6 THEN '2023-06-' || (10 + i % 18) END, i % 4 > 0, i * 3 % 11 FROM n WHERE i <
  75;

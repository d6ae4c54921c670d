CREATE TABLE user (id INTEGER PRIMARY KEY, handle TEXT, displayName TEXT, isBot INTEGER, joinedAt
  TEXT, tz TEXT, invitedBy INTEGER REFERENCES user);
INSERT INTO user SELECT i, 'u' || (700 + i * 7),
  '["Ana","Bob","Cy","Dee","Eli","Fay","Gus","Hana","Ian","Joy","Ken","Liv"]' ->> (i - 1), i % 5 =
  0, '2021-0' || (1 + i % 9) || '-1' || (i % 9) || ' 10:00:00', '["CET","EST","PST"]' ->> (i * 2 %
  3), CASE WHEN i > 2 THEN 1 + i * i % 2 END FROM n WHERE i < 13;
CREATE TABLE channel (id INTEGER PRIMARY KEY, name TEXT, createdBy INTEGER REFERENCES user,
  memberCount INTEGER, archived INTEGER, lastActive TEXT);
INSERT INTO channel SELECT i, '["general","random","help","news","dev","ops"]' ->> (i - 1), 1 + i *
  5 % 12, 5 + i * 13 % 90, i % 3 = 0, '2023-0' || i || '-0' || (1 + i % 9) || ' 09:30:00' FROM n
  WHERE i < 7;
CREATE TABLE message (id INTEGER PRIMARY KEY, channelId INTEGER REFERENCES channel, authorId INTEGER
  REFERENCES user, sentAt TEXT, body TEXT, charCount INTEGER, replyTo INTEGER REFERENCES message,
  reactions INTEGER, edited TEXT, pinned INTEGER);
INSERT INTO message SELECT i, 1 + i * i % 6, 1 + i * 5 % 12, '2023-0' || (1 + i % 9) || '-1' || (i %
  9) || ' 1' || (i % 10) || ':45:00', 'message ' || i ||
  ' with some longer text that nobody would type into an answer box', 10 + i * 37 % 200, CASE WHEN i
  % 3 = 0 THEN i / 2 END, i * 7 % 9, CASE WHEN i % 4 = 0 THEN '2023-10-0' || (1 + i % 9) ||
  ' 08:00:00' END, i % 6 = 0 FROM n WHERE i < 80;
CREATE TABLE memberOf (userId INTEGER REFERENCES user, channelId INTEGER REFERENCES channel, role
  TEXT, mutedUntil TEXT, unreadCnt INTEGER, PRIMARY KEY (userId, channelId));
INSERT OR IGNORE INTO memberOf SELECT 1 + i * 5 % 12, 1 + i * i % 6, '["admin","guest","member"]'
  ->> (i % 3), CASE WHEN i % 4 = 0 THEN '2024-0' || (1 + i % 9) || '-01' END, i * 7 % 23 FROM n
  WHERE i < 50;

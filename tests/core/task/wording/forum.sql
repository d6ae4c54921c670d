CREATE TABLE Users (Id INTEGER PRIMARY KEY, DisplayName TEXT, Reputation INTEGER, CreationDate TEXT,
  Location TEXT, UpVotes INTEGER, DownVotes INTEGER, Views INTEGER, WebsiteUrl TEXT);
INSERT INTO Users SELECT i,
  '["Jarrod","Skeet","Nick","Rich","Deanna","Marc","Ilana","Omar","Ada","Ravi","Chen","Lars","Mo"]'
  ->> (i - 1), 1 + i * i * 37 % 9001, '201' || (i % 7) || '-0' || (1 + i % 9) || '-1' || (i % 9) ||
  'T10:00:00', '["Oslo","Reading","Boston","Pune"]' ->> (i * 3 % 4), i * 31 % 200, i * 7 % 40, i *
  113 % 700, 'http://u' || i || '.example' FROM n WHERE i < 14;
CREATE TABLE Posts (Id INTEGER PRIMARY KEY, PostTypeId INTEGER, OwnerUserId INTEGER REFERENCES
  Users, LastEditorUserId INTEGER REFERENCES Users, Title TEXT, Score INTEGER, ViewCount INTEGER,
  AnswerCount INTEGER, CommentCount INTEGER, FavoriteCount INTEGER, CreationDate TEXT, ClosedDate
  TEXT);
INSERT INTO Posts SELECT i, 1 + i % 2, 1 + i * i % 13, CASE WHEN i % 3 THEN 1 + i * 5 % 13 END,
  'How to ' || ('["sort","merge","parse","split","join"]' ->> (i % 5)) || ' ' ||
  ('["lists","files","dates","trees","rows","keys","sets","maps","texts","arrays"]' ->> (i / 5)), i
  * 17 % 60 - 5, i * 331 % 5000, i % 6, i * 5 % 9, CASE WHEN i % 4 THEN i * 3 % 8 END, '2012-0' ||
  (1 + i % 9) || '-1' || (i % 9) || 'T08:30:00', CASE WHEN i % 5 = 0 THEN '2013-0' || (1 + i % 8) ||
  '-02T09:00:00' END FROM n WHERE i < 50;
CREATE TABLE Comments (Id INTEGER PRIMARY KEY, PostId INTEGER REFERENCES Posts, UserId INTEGER
  REFERENCES Users, Score INTEGER, Text TEXT, CreationDate TEXT);
INSERT INTO Comments SELECT i, 1 + i * i % 49, 1 + i * 5 % 13, i * 7 % 11, 'Comment ' || i ||
  ' says that the answer above leaves out the case of an empty list, which matters here.', '2014-0'
  || (1 + i % 9) || '-1' || (i % 7) || 'T11:00:00' FROM n WHERE i < 70;
CREATE TABLE Badges (Id INTEGER PRIMARY KEY, UserId INTEGER REFERENCES Users, Name TEXT, Date TEXT,
  Class INTEGER, TagBased BOOLEAN);
INSERT INTO Badges SELECT i, 1 + i * i % 13,
  '["Autobiographer","Editor","Teacher","Student","Supporter"]' ->> (i * 2 % 5), '2015-0' || (1 + i
  % 9) || '-1' || (i % 9), 1 + i % 3, i % 2 FROM n WHERE i < 45;
CREATE TABLE PostLinks (Id INTEGER PRIMARY KEY, PostId INTEGER REFERENCES Posts, RelatedPostId
  INTEGER REFERENCES Posts, LinkTypeId INTEGER);
INSERT INTO PostLinks SELECT i, 1 + i * 3 % 49, 1 + i * i % 49, 1 + i % 3 FROM n WHERE i < 30;

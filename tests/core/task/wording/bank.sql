CREATE TABLE district (district_id INTEGER PRIMARY KEY, A2 TEXT, A3 TEXT, A4 INTEGER, A5 INTEGER,
  A10 REAL, A11 INTEGER, A16 INTEGER);
INSERT INTO district SELECT i,
  '["Praha","Benesov","Beroun","Kladno","Kolin","Melnik","Nymburk","Pribram"]' ->> (i - 1),
  '["Prague","central Bohemia","south Bohemia"]' ->> (i % 3), 40000 + i * 7919 % 90000, i * 7 % 60,
  40.5 + i * 13 % 60, 8000 + i * 431 % 4500, 900 + i * 733 % 5000 FROM n WHERE i < 9;
CREATE TABLE account (account_id INTEGER PRIMARY KEY, district_id INTEGER REFERENCES district,
  frequency TEXT, date TEXT);
INSERT INTO account SELECT i, 1 + i * i % 8,
  '["POPLATEK MESICNE","POPLATEK TYDNE","POPLATEK PO OBRATU"]' ->> (i * 2 % 3), '199' || (3 + i % 5)
  || '-0' || (1 + i % 9) || '-1' || (i % 9) FROM n WHERE i < 40;
CREATE TABLE client (client_id INTEGER PRIMARY KEY, gender TEXT, birth_date TEXT, district_id
  INTEGER REFERENCES district);
INSERT INTO client SELECT i, '["F","M"]' ->> (i % 2), (1930 + i * 7 % 50) || '-0' || (1 + i % 9) ||
  '-0' || (1 + i % 9), 1 + i * 5 % 8 FROM n WHERE i < 45;
CREATE TABLE disp (disp_id INTEGER PRIMARY KEY, client_id INTEGER REFERENCES client, account_id
  INTEGER REFERENCES account, type TEXT);
INSERT INTO disp SELECT i, 1 + i * 7 % 44, 1 + i * 5 % 39, '["OWNER","DISPONENT"]' ->> (i % 4 = 0)
  FROM n WHERE i < 55;
CREATE TABLE loan (loan_id INTEGER PRIMARY KEY, account_id INTEGER REFERENCES account, date TEXT,
  amount INTEGER, duration INTEGER, payments REAL, status TEXT);
INSERT INTO loan SELECT 4959 + i, 1 + i * 7 % 39, '199' || (4 + i % 5) || '-0' || (1 + i % 9) ||
  '-05', 5000 + i * 7919 % 90000, 12 * (1 + i % 5), 300.5 + i * 173 % 6000, '["A","B","C","D"]' ->>
  (i * i % 4) FROM n WHERE i < 35;
CREATE TABLE trans (trans_id INTEGER PRIMARY KEY, account_id INTEGER REFERENCES account, date TEXT,
  type TEXT, operation TEXT, amount INTEGER, balance INTEGER, k_symbol TEXT);
INSERT INTO trans SELECT i, 1 + i * i % 39, '1998-0' || (1 + i % 9) || '-1' || (i % 9),
  '["PRIJEM","VYDAJ"]' ->> (i % 2), CASE WHEN i % 5 THEN '["VKLAD","VYBER","PREVOD"]' ->> (i % 3)
  END, 100 + i * 971 % 9000, 500 + i * 1237 % 40000, CASE WHEN i % 3 = 0 THEN '["SIPO","UROK"]' ->>
  (i % 2) END FROM n WHERE i < 99;

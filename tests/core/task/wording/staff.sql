CREATE TABLE employees (emp_no INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, gender TEXT,
  birth_date TEXT, hire_date TEXT, reports_to INTEGER REFERENCES employees);
INSERT INTO employees SELECT 10000 + i,
  '["Georgi","Bezalel","Parto","Chirstian","Kyoichi","Anneke"]' ->> (i % 6),
  '["Facello","Simmel","Bamford","Koblick","Maliniak"]' ->> (i * 2 % 5), '["M","F"]' ->> (i % 2),
  (1952 + i * 3 % 14) || '-0' || (1 + i % 9) || '-1' || (i % 9), (1985 + i * 5 % 14) || '-0' || (1 +
  i * 2 % 9) || '-2' || (i % 9), CASE WHEN i > 3 THEN 10001 + i % 3 END FROM n WHERE i < 31;
CREATE TABLE departments (dept_no TEXT PRIMARY KEY, dept_name TEXT, hq_city TEXT, num_desks INTEGER,
  cost_center INTEGER);
INSERT INTO departments SELECT 'd00' || i,
  '["Sales","Finance","Research","Marketing","Production","Service"]' ->> (i - 1),
  '["Delft","Gent","Lille"]' ->> (i % 3), 20 + i * 17 % 60, 4000 + i * 10 FROM n WHERE i < 7;
CREATE TABLE dept_emp (emp_no INTEGER REFERENCES employees, dept_no TEXT REFERENCES departments,
  from_date TEXT, to_date TEXT, PRIMARY KEY (emp_no, dept_no));
INSERT OR IGNORE INTO dept_emp SELECT 10001 + i * 7 % 30, 'd00' || (1 + i * i % 6), (1990 + i % 9)
  || '-01-0' || (1 + i % 9), CASE WHEN i % 3 THEN (2000 + i % 9) || '-05-1' || (i % 9) END FROM n
  WHERE i < 55;
CREATE TABLE salaries (emp_no INTEGER REFERENCES employees, salary INTEGER, from_date TEXT, cur
  TEXT, pay_grade INTEGER, bonus_pct REAL, PRIMARY KEY (emp_no, from_date));
INSERT OR IGNORE INTO salaries SELECT 10001 + i * 7 % 30, 40000 + i * 7919 % 60000, (1990 + i * 3 %
  12) || '-06-01', '["EUR","USD"]' ->> (i % 3 = 0), 1 + i * 5 % 7, i * 7 % 12 / 2.0 FROM n WHERE i <
  80;
CREATE TABLE applied_for (cand TEXT, dept_no TEXT REFERENCES departments, applied TEXT,
  interviewed_by INTEGER REFERENCES employees, accepted TEXT, yrs_exp INTEGER);
INSERT INTO applied_for SELECT '["Uma","Vic","Wes","Xia","Yan","Zoe"]' ->> (i % 6), 'd00' || (1 + i
  * i % 6), '2001-0' || (1 + i % 9) || '-0' || (1 + i % 8), 10001 + i * 11 % 30, '["Y","N"]' ->> (i
  % 2), i * 7 % 20 FROM n WHERE i < 40;

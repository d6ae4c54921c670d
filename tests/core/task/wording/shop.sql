CREATE TABLE tbl_products (prod_id INTEGER PRIMARY KEY, prod_name TEXT, prod_cat TEXT, price_usd
  REAL, qty_in_stock INTEGER, is_active BOOLEAN, avg_rating REAL, num_reviews INTEGER, weight_g
  INTEGER, sku TEXT);
INSERT INTO tbl_products SELECT i, ('["Red","Blue","Green","Black"]' ->> (i % 4)) || ' ' ||
  ('["Mug","Lamp","Chair","Clock","Bag","Pen","Plate"]' ->> (i / 4)),
  '["kitchen","office","garden"]' ->> (i * 2 % 3), 3.5 + i * 37 % 90, i * 41 % 200, i % 4 > 0, 1 + i
  * 7 % 40 / 10.0, i * 13 % 90, 50 + i * 171 % 3000, 'SKU-' || (900 + i * 7) FROM n WHERE i < 28;
CREATE TABLE dim_customer (cust_key INTEGER PRIMARY KEY, cust_name TEXT, cust_zip TEXT,
  cust_country_cd TEXT, created_at TEXT, has_newsletter INTEGER, dob TEXT, cust_email TEXT);
INSERT INTO dim_customer SELECT i,
  '["Ada","Bo","Cleo","Dora","Emil","Fay","Gil","Hugo","Iris","Jan","Kai","Lea"]' ->> (i - 1), '9'
  || (i * 4321 % 10000), '["NO","SE","DK"]' ->> (i % 3), '2020-0' || (1 + i % 9) || '-1' || (i % 9)
  || ' 12:00:00', i % 2, (1950 + i * 7 % 50) || '-0' || (1 + i % 9) || '-11', 'c' || i ||
  '@example.org' FROM n WHERE i < 13;
CREATE TABLE fact_orders (order_key INTEGER PRIMARY KEY, cust_key INTEGER REFERENCES dim_customer,
  prod_id INTEGER REFERENCES tbl_products, qty INTEGER, amt REAL, disc_pct INTEGER, ordered_at TEXT,
  sent_to TEXT, status_cd TEXT, total REAL, max_wait_d INTEGER);
INSERT INTO fact_orders SELECT i, 1 + i * i % 12, 1 + i * 5 % 27, 1 + i * 7 % 12, 9.5 + i * 53 %
  300, i % 4 * 5, '2022-0' || (1 + i % 9) || '-1' || (i % 9), '["home","shop","locker"]' ->> (i * i
  % 3), '["P","S","R","X"]' ->> (i % 4), 12.25 + i * 59 % 310, 1 + i % 8 FROM n WHERE i < 75;
CREATE TABLE prod_tags (prod_id INTEGER REFERENCES tbl_products, tag TEXT, PRIMARY KEY (prod_id,
  tag));
INSERT OR IGNORE INTO prod_tags SELECT 1 + i * i % 27, '["new","sale","eco","gift"]' ->> (i % 4)
  FROM n WHERE i < 60;

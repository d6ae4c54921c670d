CREATE TABLE language (language_id INTEGER PRIMARY KEY, name CHAR(20), last_update TEXT);
INSERT INTO language SELECT i, '["English","Italian","Japanese","German","French"]' ->> (i - 1),
  '2006-02-15 05:02:19' FROM n WHERE i < 6;
CREATE TABLE film (film_id INTEGER PRIMARY KEY, title TEXT, release_year INTEGER, language_id
  INTEGER REFERENCES language, rental_duration INTEGER, rental_rate REAL, length INTEGER,
  replacement_cost REAL, rating TEXT);
INSERT INTO film SELECT i, ('["Academy","Ace","Affair","Agent","Airport","Alamo","Alien","Amadeus"]'
  ->> (i % 8)) || ' ' || ('["Dinosaur","Holes","Egg","Pirate","Sun"]' ->> (i / 8)), 1990 + i * 7 %
  23, 1 + i * 3 % 5, 3 + i % 5, 0.99 + i * 3 % 4, 60 + i * 37 % 101, 9.99 + i * 11 % 17,
  '["PG","G","R","NC-17","PG-13"]' ->> (i * 2 % 5) FROM n WHERE i < 40;
CREATE TABLE actor (actor_id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, last_update
  TEXT);
INSERT INTO actor SELECT i, '["Penelope","Nick","Ed","Jennifer","Johnny","Bette","Grace"]' ->> (i %
  7), '["Guiness","Wahlberg","Chase","Davis","Nicholson"]' ->> (i * 3 % 5), '2006-02-' || (10 + i)
  || ' 04:34:33' FROM n WHERE i < 20;
CREATE TABLE film_actor (actor_id INTEGER REFERENCES actor, film_id INTEGER REFERENCES film, PRIMARY
  KEY (actor_id, film_id));
INSERT INTO film_actor SELECT DISTINCT 1 + i * 5 % 19, 1 + i * i % 39 FROM n WHERE i < 80;
CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, store_id INTEGER, first_name TEXT, last_name
  TEXT, email TEXT, activebool BOOLEAN, create_date TEXT);
INSERT INTO customer SELECT i, 1 + i % 2, '["Mary","Linda","Barbara","Susan","Lisa","Nancy"]' ->> (i
  % 6), '["Smith","Jones","Brown","Moore","Hall"]' ->> (i * 2 % 5), 'customer' || i ||
  '@example.org', i % 3 > 0, '2006-0' || (1 + i % 7) || '-14' FROM n WHERE i < 25;
CREATE TABLE rental (rental_id INTEGER PRIMARY KEY, rental_date TEXT, film_id INTEGER REFERENCES
  film, customer_id INTEGER REFERENCES customer, return_date TEXT, amount REAL);
INSERT INTO rental SELECT i, '2005-0' || (5 + i % 4) || '-' || (10 + i * 7 % 18), 1 + i * i % 39, 1
  + i * 5 % 24, CASE WHEN i % 9 THEN '2005-0' || (6 + i % 4) || '-' || (10 + i * 7 % 18) END, 0.99 +
  i * i % 9 FROM n WHERE i < 90;

CREATE TABLE Customers (CustomerID TEXT PRIMARY KEY, CompanyName TEXT, ContactName TEXT,
  ContactTitle TEXT, City TEXT, Country TEXT, Phone TEXT);
INSERT INTO Customers SELECT 'CUS' || (10 + i),
  ('["Alfreds","Ana","Berglund","Blondel","Bolido","Cactus","Chop"]' ->> (i % 7)) || ' ' ||
  ('["Foods","Trading","Imports"]' ->> (i / 7)), ('["Maria","Thomas","Hanna","Elena"]' ->> (i % 4))
  || ' ' || ('["Anders","Hardy","Moos","Ruiz","Cole"]' ->> (i % 5)),
  '["Owner","Sales Agent","Marketing Manager"]' ->> (i * 2 % 3),
  '["Berlin","Luleå","Madrid","London","Lyon"]' ->> (i * 3 % 5),
  '["Germany","Sweden","Spain","UK","France"]' ->> (i * 3 % 5), '030-00' || (i * 74321 % 100000)
  FROM n WHERE i < 20;
CREATE TABLE Products (ProductID INTEGER PRIMARY KEY, ProductName TEXT, QuantityPerUnit TEXT,
  UnitPrice REAL, UnitsInStock INTEGER, UnitsOnOrder INTEGER, ReorderLevel INTEGER, Discontinued
  INTEGER);
INSERT INTO Products SELECT i,
  '["Chai","Chang","Aniseed Syrup","Ikura","Tofu","Pavlova","Konbu","Geitost","Scones","Alice Mutton","Gumbo Mix","Uncle Bobs Pears","Northwoods Sauce"]'
  ->> (i - 1), '["10 boxes","24 bottles","12 jars","500 g"]' ->> (i % 4), 4.5 + i * 17 % 40, i * 29
  % 120, i % 4 * 10, i % 6 * 5, i % 4 = 0 FROM n WHERE i < 14;
CREATE TABLE Orders (OrderID INTEGER PRIMARY KEY, CustomerID TEXT REFERENCES Customers, OrderDate
  TEXT, RequiredDate TEXT, ShippedDate TEXT, ShipVia INTEGER, Freight REAL, ShipCity TEXT);
INSERT INTO Orders SELECT 10247 + i, 'CUS' || (11 + i * i % 19), '1996-0' || (1 + i % 9) || '-' ||
  (10 + i * 7 % 19), '1997-0' || (1 + i % 9) || '-' || (10 + i * 5 % 19), CASE WHEN i % 7 THEN
  '1996-1' || (i % 3) || '-' || (10 + i * 11 % 19) END, 1 + i % 3, 3.25 + i * 13.5 % 90,
  '["Berlin","Luleå","Madrid","London","Lyon","Reims"]' ->> (i * 5 % 6) FROM n WHERE i < 60;
CREATE TABLE "Order Details" (OrderID INTEGER REFERENCES Orders, ProductID INTEGER REFERENCES
  Products, UnitPrice REAL, Quantity INTEGER, Discount REAL, PRIMARY KEY (OrderID, ProductID));
INSERT OR IGNORE INTO "Order Details" SELECT 10248 + i * 7 % 59, 1 + i * i % 13, 4.5 + i * 17 % 40,
  1 + i * 11 % 60, i % 4 * 0.05 FROM n;

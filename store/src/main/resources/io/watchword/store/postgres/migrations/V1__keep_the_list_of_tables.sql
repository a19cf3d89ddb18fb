-- The tables themselves are made from the program's list; this remembers how each one was made.
CREATE TABLE row_tables (
  name TEXT NOT NULL PRIMARY KEY,
  sealed BOOLEAN NOT NULL
);

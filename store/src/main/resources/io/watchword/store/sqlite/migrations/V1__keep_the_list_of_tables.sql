-- The tables themselves are made from the program's list; this remembers how each one was made.
CREATE TABLE row_tables (
  name TEXT NOT NULL PRIMARY KEY,
  sealed INTEGER NOT NULL CHECK (sealed IN (0, 1))
) STRICT, WITHOUT ROWID;

-- 演示公司自己的 CRM 数据库。Signoff 只通过 crm.yaml 认识它。
-- The demo company's own CRM database. Signoff knows it by crm.yaml only.
PRAGMA foreign_keys = ON;

CREATE TABLE employees (
    id         INTEGER PRIMARY KEY,
    account_id TEXT UNIQUE,
    name       TEXT NOT NULL,
    email      TEXT,
    mobile     TEXT
);
CREATE TABLE contacts (
    id       INTEGER PRIMARY KEY,
    owner_id INTEGER NOT NULL REFERENCES employees (id),
    name     TEXT NOT NULL,
    mobile   TEXT NOT NULL
);
CREATE TABLE customers (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    owner_id INTEGER NOT NULL REFERENCES employees (id)
);
CREATE TABLE deals (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    owner_id    INTEGER NOT NULL REFERENCES employees (id),
    title       TEXT NOT NULL,
    stage       TEXT NOT NULL
);
CREATE TABLE notes (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    author      TEXT NOT NULL,
    text        TEXT NOT NULL
);
CREATE TABLE messages (
    id        INTEGER PRIMARY KEY,
    sender_id INTEGER NOT NULL REFERENCES employees (id),
    text      TEXT NOT NULL
);
CREATE TABLE orders (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    seller      TEXT NOT NULL,
    seller_name TEXT
);
CREATE TABLE invoices (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    number      TEXT NOT NULL UNIQUE,
    amount_fen  INTEGER NOT NULL,
    issuer      TEXT NOT NULL,
    issuer_name TEXT
);

INSERT INTO employees (id, name) VALUES (1, '公共池 Pool');

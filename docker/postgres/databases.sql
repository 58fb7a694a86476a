-- Run once by the image, at the first start: the demo's two databases, with the demo's own tables.
create database shop;
create database warehouse;
\connect shop
\i /sql/shop.sql
\connect warehouse
\i /sql/warehouse.sql

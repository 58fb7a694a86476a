-- Run once by the image, at the first start: the demo's three databases, with the demo's own tables.
create database shop;
create database outlet;
create database warehouse;
\connect shop
\i /sql/shop.sql
\connect outlet
\i /sql/shop.sql
\connect warehouse
\i /sql/warehouse.sql

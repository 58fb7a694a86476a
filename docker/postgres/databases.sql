-- Run once by the image, at the first start: the demo's users and its three databases, with the demo's own tables.
\set password `printf %s "$POSTGRES_PASSWORD"`
create role capture login replication password :'password';
create role warehouse login password :'password';
create database shop;
create database outlet;
create database warehouse;
\connect shop
\i /sql/shop.sql
\i /sql/shop-users.sql
\connect outlet
\i /sql/shop.sql
\i /sql/shop-users.sql
\connect warehouse
\i /sql/warehouse.sql
\i /sql/warehouse-users.sql

-- The sink writes one table and keeps its offsets beside it.
alter table activity owner to warehouse;
grant create on schema public to warehouse;

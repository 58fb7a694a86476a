-- A shop: what an application already has, once in each of its two databases. Nothing here knows of Kafka.
create table customers (
  id bigint primary key, name text not null, email text not null, note text, change_id bigint not null);
create table orders (
  id bigint primary key, customer_id bigint not null references customers, status text not null,
  total numeric(12, 2) not null, note text, placed_at timestamptz not null default now(), change_id bigint not null);
create table order_lines (
  id bigint primary key, order_id bigint not null references orders, customer_id bigint not null,
  sku text not null, quantity int not null, change_id bigint not null);
-- The whole old row in the log: a deleted line names its customer, an update tells which columns it changed.
alter table customers replica identity full;
alter table orders replica identity full;
alter table order_lines replica identity full;
create table logins (
  id bigint primary key, customer_id bigint not null, ip text not null, agent text not null, change_id bigint not null);
create table consent (
  actor bigint not null, category text not null, allowed boolean not null,
  changed_at timestamptz not null default now(), change_id bigint not null, primary key (actor, category));

-- What the workload knows of itself: one row for each change that a rule names, written in the change's own transaction,
-- with the request and the network that its transaction names, and whether its customer had agreed to be recorded: what
-- is not "told" must be seen nowhere. It is not captured. The checks at the end compare every station with it.
create table ledger (
  n bigserial primary key, type text not null, actor text not null, object text not null, data jsonb not null,
  context jsonb not null, told boolean not null);
create function agreed(customer bigint) returns boolean stable language sql as
  $$ select coalesce((select allowed from consent where actor = customer and category = 'activity'), false) $$;

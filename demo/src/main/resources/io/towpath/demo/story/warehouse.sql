-- The sink's table: Activity v1, one column a field.
create table activity (
  id uuid not null, type text not null,
  actor_id text, actor_kind text, object_type text, object_id text,
  context jsonb, data jsonb, occurred_at timestamptz not null,
  source_database text, source_table text, source_op text, source_position text, source_transaction text,
  consent_basis text, consent_version text);
-- An erasure looks for rows by their actor.
create index activity_actor on activity (actor_id);

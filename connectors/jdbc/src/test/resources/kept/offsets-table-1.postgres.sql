CREATE TABLE towpath_sink_offsets (sink_id text NOT NULL, source_cluster text NOT NULL, topic text NOT NULL,
  partition integer NOT NULL, next_offset bigint NOT NULL, epoch bigint NOT NULL, format_version integer NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (sink_id, source_cluster, topic, partition))
  WITH (fillfactor = 50);
INSERT INTO towpath_sink_offsets VALUES ('sink', 'default', 'events', 0, 42, 3, 1, '2026-11-22T12:00:00Z');

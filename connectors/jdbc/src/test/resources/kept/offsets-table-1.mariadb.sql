CREATE TABLE `towpath_sink_offsets` (
  `sink_id` varchar(190) NOT NULL,
  `source_cluster` varchar(190) NOT NULL,
  `topic` varchar(249) NOT NULL,
  `partition` int(11) NOT NULL,
  `next_offset` bigint(20) NOT NULL,
  `epoch` bigint(20) NOT NULL,
  `format_version` int(11) NOT NULL,
  `updated_at` datetime(6) NOT NULL,
  PRIMARY KEY (`sink_id`,`source_cluster`,`topic`,`partition`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO towpath_sink_offsets VALUES ('sink', 'default', 'events', '0', '42', '3', '1', '2026-11-22 21:06:19.509057');

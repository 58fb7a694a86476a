package io.towpath.migration.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a reader must know to weigh a proof: how it was made, and what it does not say. */
record Circumstances(Proven proven, String towpath) {

    static final String ISOLATION = "read_committed";
    static final String DIGEST = "XXH3, 128 bits, over key, value, headers in order, timestamp and null flags";

    List<String> versions() {
        return List.of(
                "towpath " + towpath,
                "Kafka clients " + AppInfoParser.getVersion(),
                "Java " + System.getProperty("java.version"));
    }

    List<String> evidence() {
        return List.of(
                proven.sample() == 0
                        ? "Every committed record below the fence was read once on each cluster and compared in order."
                        : sample(),
                "Fence: last stable offsets, the target's read before the source's, when the proof began.",
                "Isolation level: " + ISOLATION + ". Aborted records and markers are holes, not differences.",
                "Digest: " + DIGEST + ". It tells accidents apart; it is no defence against forgery.",
                "A record was called lost after the target had stood still for "
                        + proven.patience().toSeconds() + " s.",
                "Compacted topics: the latest value of every key is equal; a tombstone equals an absent key. An older"
                        + " record is held to be compacted only where a later one of its key stands and the log's batches"
                        + " show that a record is gone from its place, not a transaction's marker; else it is not proven.");
    }

    private String sample() {
        return "A SAMPLE: the last " + proven.sample() + " offsets of every partition alone were read and compared.";
    }

    List<String> notChecked() {
        List<String> all = new ArrayList<>();
        if (proven.sample() > 0) {
            all.add("All offsets before the sample: counted as not proven.");
        }
        all.addAll(List.of(
                "Records written on the source after the fence.",
                "Records of transactions that were open when the proof began.",
                "Records that one side no longer held when it was read: counted as not proven.",
                "Topics that the migration does not name; topic configs, ACLs, quotas (see towpath plan).",
                "Offsets themselves: they differ between clusters; the offset map says which is which.",
                "Whether a producer comes back: a proof speaks of what was there."));
        return all;
    }
}

package io.towpath.migration.report;

import io.towpath.migration.proof.read.ProofSettings;
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
                read(),
                "Fence: last stable offsets, the target's read before the source's, when the proof began.",
                "Isolation level: " + ISOLATION + ". Aborted records and markers are holes, not differences.",
                "Digest: " + DIGEST + ". It tells accidents apart; it is no defence against forgery.",
                lost(),
                "The rule for compacted topics: the latest value of every key is equal, or it is a difference; a"
                        + " tombstone equals an absent key. An older record is compacted where a later one of its key"
                        + " stands and the log's batches show that a record is gone from its place; superseded where they"
                        + " do not show it and the latest of its key is equal on both sides; else not proven. So an older"
                        + " record that never arrived can pass; so can an older one that a stranger wrote to the target,"
                        + " which its readers see until it is compacted away.");
    }

    private String read() {
        if (proven.sample() > 0) {
            return "A SAMPLE: the last " + proven.sample()
                    + " offsets of every partition alone were read and compared.";
        }
        return proven.wentOn()
                ? "A proof kept since " + proven.since()
                        + " was gone on from: every committed record below the fence was"
                        + " read once on each cluster, at some time since then, and compared in order. Looked at again"
                        + " now: what both logs have deleted since, and whether one was cut (its leader epochs)."
                : "Every committed record below the fence was read once on each cluster and compared in order.";
    }

    private String lost() {
        return proven.patience().compareTo(ProofSettings.FOR_EVER) >= 0
                ? "A record is called lost when the target has gone past it; a target that stands still is waited for."
                : "A record is called lost when the target has gone past it, or has stood still for "
                        + proven.patience().toSeconds() + " s.";
    }

    List<String> notChecked() {
        List<String> all = new ArrayList<>();
        if (proven.sample() > 0) {
            all.add("All offsets before the sample: counted as not proven.");
        }
        if (proven.waiting() > 0) {
            all.add(proven.waiting() + " offsets below the fence that wait for the target: counted as not proven.");
        }
        if (!proven.unplanned().isEmpty()) {
            all.add("Topics that migration.yaml names and the applied plan did not know: "
                    + String.join(", ", proven.unplanned()) + ".");
        }
        all.addAll(List.of(
                "Records written on the source after the fence.",
                "What the target holds beyond its own fence.",
                "Records of transactions that were open when the proof began.",
                "Records that one side no longer held when it was read: counted as not proven.",
                "Records that both sides had deleted before they were read: nobody can count them.",
                "Topics that the migration does not name; topic configs, ACLs, quotas (see towpath plan).",
                "Offsets themselves: they differ between clusters; the offset map says which is which.",
                "Whether a producer comes back: a proof speaks of what was there.",
                "Which version the brokers are of: they do not tell."));
        return all;
    }
}

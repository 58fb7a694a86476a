package io.towpath.migration.proof;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A proof as far as it has come, to go on from.
 *
 * @param results per partition, all that was judged so far
 * @param topics the ids of the topics on source and target: a topic that was recreated is another one
 * @param epochs in which leader epochs the logs were read last
 * @param since when its first round began
 * @param whole whether all fences were the ends of their logs, so that nothing was left for later
 */
public record Checkpoint(
        List<PartitionResult> results, Map<String, String> topics, Epochs epochs, Instant since, boolean whole) {

    private static final int VERSION = 2;

    /** Nothing judged yet. */
    public static final Checkpoint NONE = new Checkpoint(List.of(), Map.of(), Epochs.NONE, Instant.EPOCH, false);

    public Checkpoint {
        results = List.copyOf(results);
        topics = Map.copyOf(topics);
    }

    /** What was judged, for a proof in the other direction: a switch exchanges source and target. */
    public Checkpoint reversed() {
        Map<String, String> ids = new TreeMap<>();
        topics.forEach((topic, id) -> ids.put(
                topic.startsWith("source ") ? "target " + topic.substring(7) : "source " + topic.substring(7), id));
        return new Checkpoint(
                results.stream().map(PartitionResult::reversed).toList(), ids, epochs.reversed(), since, false);
    }

    public void write(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
        out.writeInt(VERSION);
        out.writeBoolean(whole);
        out.writeLong(since.toEpochMilli());
        out.writeInt(topics.size());
        for (Map.Entry<String, String> topic : topics.entrySet()) {
            out.writeUTF(topic.getKey());
            out.writeUTF(topic.getValue());
        }
        write(out, epochs.source());
        write(out, epochs.target());
        out.writeInt(results.size());
        for (PartitionResult result : results) {
            write(out, result);
        }
        out.flush();
    }

    private static void write(DataOutputStream out, Map<TopicPartition, Integer> epochs) throws IOException {
        out.writeInt(epochs.size());
        for (Map.Entry<TopicPartition, Integer> epoch : epochs.entrySet()) {
            out.writeUTF(epoch.getKey().topic());
            out.writeInt(epoch.getKey().partition());
            out.writeInt(epoch.getValue());
        }
    }

    private static void write(DataOutputStream out, PartitionResult result) throws IOException {
        out.writeUTF(result.partition().topic());
        out.writeInt(result.partition().partition());
        Bounds b = result.bounds();
        longs(
                out,
                b.sourceStart(),
                b.sourceFence(),
                b.targetStart(),
                b.targetFence(),
                b.sourceAfter(),
                b.targetAfter());
        out.writeLong(result.matched());
        out.writeInt(result.counts().size());
        for (Map.Entry<Kind, Long> count : result.counts().entrySet()) {
            out.writeUTF(count.getKey().name());
            out.writeLong(count.getValue());
        }
        out.writeInt(result.findings().size());
        for (Finding finding : result.findings()) {
            out.writeUTF(finding.kind().name());
            span(out, finding.source());
            span(out, finding.target());
            out.writeLong(finding.count());
        }
        out.writeLong(result.map().runs());
        List<IOException> failed = new ArrayList<>();
        result.map().forEach(run -> {
            try {
                longs(out, run.source(), run.target(), run.length());
            } catch (IOException e) {
                failed.add(e);
            }
        });
        if (!failed.isEmpty()) {
            throw failed.get(0);
        }
    }

    private static void longs(DataOutputStream out, long... values) throws IOException {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static void span(DataOutputStream out, Span span) throws IOException {
        longs(out, span == null ? -1 : span.from(), span == null ? -1 : span.to());
    }

    /** Reads what {@link #write} has written; any other version is refused. */
    public static Checkpoint read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(from));
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("version " + version + " given; wanted: " + VERSION);
        }
        boolean whole = in.readBoolean();
        Instant since = Instant.ofEpochMilli(in.readLong());
        Map<String, String> topics = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            topics.put(in.readUTF(), in.readUTF());
        }
        Epochs epochs = new Epochs(epochs(in), epochs(in));
        List<PartitionResult> results = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            results.add(result(in));
        }
        return new Checkpoint(results, topics, epochs, since, whole);
    }

    private static Map<TopicPartition, Integer> epochs(DataInputStream in) throws IOException {
        Map<TopicPartition, Integer> epochs = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            epochs.put(new TopicPartition(in.readUTF(), in.readInt()), in.readInt());
        }
        return epochs;
    }

    private static PartitionResult result(DataInputStream in) throws IOException {
        TopicPartition partition = new TopicPartition(in.readUTF(), in.readInt());
        Bounds bounds =
                new Bounds(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        long matched = in.readLong();
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        for (int left = in.readInt(); left > 0; left--) {
            counts.put(Kind.valueOf(in.readUTF()), in.readLong());
        }
        List<Finding> findings = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            findings.add(new Finding(Kind.valueOf(in.readUTF()), partition, span(in), span(in), in.readLong()));
        }
        OffsetMap map = new OffsetMap();
        for (long left = in.readLong(); left > 0; left--) {
            map.addRun(new OffsetMap.Run(in.readLong(), in.readLong(), in.readLong()));
        }
        return new PartitionResult(partition, bounds, matched, counts, findings, map);
    }

    private static Span span(DataInputStream in) throws IOException {
        long from = in.readLong();
        long to = in.readLong();
        return from < 0 ? null : new Span(from, to);
    }
}

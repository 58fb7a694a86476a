package io.towpath.migration.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.towpath.migration.proof.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What can go wrong between two clusters, each with the classes that the proof must name it by. */
enum Fault {
    NONE("nothing at all"),
    DROP("one record dropped"),
    DUPLICATE_ADJACENT("one record twice in a row"),
    DUPLICATE_LATE("one record again at the end"),
    DROP_AND_DUPLICATE("one record dropped, its neighbour doubled"),
    SWAP("two neighbours swapped"),
    VALUE("a value edited"),
    KEY("a key edited"),
    NULL_FOR_EMPTY("an empty value in place of null"),
    HEADER("one header dropped"),
    HEADER_VALUE("one header's value edited"),
    HEADER_ORDER("headers in another order"),
    TIMESTAMP("a timestamp moved by 1 ms"),
    FOREIGN("a record that nobody mirrored"),
    OTHER_PARTITION("a record in another partition"),
    TRUNCATED("the target's first 40 offsets deleted"),
    RECREATED("the target recreated after 60 records"),
    KILLED_TRANSACTION("a worker killed in the middle of a transaction"),
    KILLED_AT_LEAST_ONCE("a worker killed before it stored its offsets, without transactions");

    /** Record 63 has a null value, a key and four headers. */
    private static final int EDITED = 63;

    final String words;

    Fault(String words) {
        this.words = words;
    }

    String topic() {
        return "fault-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the proof must call it: exactly that. */
    Set<Kind> classes() {
        return switch (this) {
            case NONE, KILLED_TRANSACTION -> Set.of();
            case DROP, RECREATED -> Set.of(Kind.LOST);
            case DUPLICATE_ADJACENT, DUPLICATE_LATE, KILLED_AT_LEAST_ONCE -> Set.of(Kind.DUPLICATED);
            case DROP_AND_DUPLICATE -> Set.of(Kind.LOST, Kind.DUPLICATED);
            case SWAP -> Set.of(Kind.REORDERED);
            case VALUE, KEY, NULL_FOR_EMPTY -> Set.of(Kind.ALTERED);
            case HEADER, HEADER_VALUE, HEADER_ORDER -> Set.of(Kind.HEADER_ONLY);
            case TIMESTAMP -> Set.of(Kind.TIMESTAMP_ONLY);
            case FOREIGN -> Set.of(Kind.FOREIGN);
            case OTHER_PARTITION -> Set.of(Kind.LOST, Kind.FOREIGN);
            case TRUNCATED -> Set.of(Kind.NOT_PROVEN);
        };
    }

    /** What arrives in place of {@code sent}. */
    List<ProducerRecord<byte[], byte[]>> apply(List<ProducerRecord<byte[], byte[]>> sent) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(sent);
        return switch (this) {
            case NONE, TRUNCATED, KILLED_TRANSACTION -> records;
            case DROP -> without(records, 70);
            case DUPLICATE_ADJACENT -> again(records, 70, 71);
            case DUPLICATE_LATE -> again(records, 70, 199);
            case DROP_AND_DUPLICATE -> again(without(records, 70), 90, 91);
            case SWAP -> swapped(records);
            case VALUE -> edited(records, r -> copy(r, r.key(), bytes("edited"), all(r)));
            case KEY -> edited(records, r -> copy(r, bytes("edited"), r.value(), all(r)));
            case NULL_FOR_EMPTY -> edited(records, r -> copy(r, r.key(), new byte[0], all(r)));
            case HEADER -> edited(records, r -> copy(r, r.key(), r.value(), fewer(r)));
            case HEADER_VALUE -> edited(records, r -> copy(r, r.key(), r.value(), other(r)));
            case HEADER_ORDER -> edited(records, r -> copy(r, r.key(), r.value(), reversed(r)));
            case TIMESTAMP -> later(records);
            case FOREIGN -> foreign(records);
            case OTHER_PARTITION -> moved(records);
            case RECREATED -> records.subList(60, records.size());
            case KILLED_AT_LEAST_ONCE -> twice(records, 60, 90);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<ProducerRecord<byte[], byte[]>> without(List<ProducerRecord<byte[], byte[]>> records, int at) {
        records.remove(at);
        return records;
    }

    private static List<ProducerRecord<byte[], byte[]>> again(
            List<ProducerRecord<byte[], byte[]>> records, int at, int where) {
        records.add(where, records.get(at));
        return records;
    }

    /** All from {@code from} on are sent again after {@code to} of them had arrived. */
    private static List<ProducerRecord<byte[], byte[]>> twice(
            List<ProducerRecord<byte[], byte[]>> records, int from, int to) {
        records.addAll(to, List.copyOf(records.subList(from, to)));
        return records;
    }

    private static List<ProducerRecord<byte[], byte[]>> swapped(List<ProducerRecord<byte[], byte[]>> records) {
        Collections.swap(records, 70, 71);
        return records;
    }

    private static List<ProducerRecord<byte[], byte[]>> edited(
            List<ProducerRecord<byte[], byte[]>> records, UnaryOperator<ProducerRecord<byte[], byte[]>> edit) {
        records.set(EDITED, edit.apply(records.get(EDITED)));
        return records;
    }

    private static List<ProducerRecord<byte[], byte[]>> later(List<ProducerRecord<byte[], byte[]>> records) {
        return edited(
                records,
                r -> new ProducerRecord<>(
                        r.topic(), r.partition(), r.timestamp() + 1, r.key(), r.value(), r.headers()));
    }

    private static List<ProducerRecord<byte[], byte[]>> foreign(List<ProducerRecord<byte[], byte[]>> records) {
        ProducerRecord<byte[], byte[]> like = records.get(70);
        records.add(90, copy(like, bytes("nobody"), bytes("knows"), new Header[0]));
        return records;
    }

    private static List<ProducerRecord<byte[], byte[]>> moved(List<ProducerRecord<byte[], byte[]>> records) {
        ProducerRecord<byte[], byte[]> r = records.remove(70);
        records.add(new ProducerRecord<>(r.topic(), 1, r.timestamp(), r.key(), r.value(), r.headers()));
        return records;
    }

    private static Header[] all(ProducerRecord<byte[], byte[]> record) {
        return record.headers().toArray();
    }

    private static Header[] fewer(ProducerRecord<byte[], byte[]> record) {
        Header[] all = record.headers().toArray();
        return Arrays.copyOf(all, all.length - 1);
    }

    private static Header[] other(ProducerRecord<byte[], byte[]> record) {
        Header[] all = record.headers().toArray();
        all[1] = new RecordHeader(all[1].key(), bytes("edited"));
        return all;
    }

    private static Header[] reversed(ProducerRecord<byte[], byte[]> record) {
        List<Header> all = new ArrayList<>(List.of(record.headers().toArray()));
        Collections.reverse(all);
        return all.toArray(Header[]::new);
    }

    private static ProducerRecord<byte[], byte[]> copy(
            ProducerRecord<byte[], byte[]> r, byte[] key, byte[] value, Header[] headers) {
        return new ProducerRecord<>(r.topic(), r.partition(), r.timestamp(), key, value, new RecordHeaders(headers));
    }
}

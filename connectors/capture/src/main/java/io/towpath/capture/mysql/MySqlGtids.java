package io.towpath.capture.mysql;

import io.towpath.capture.binlog.Gtids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * A place between two transactions of a MySQL binlog: all transactions before it, by the server that wrote each first and
 * its number there. Written as MySQL does, {@code 3e11fa47-…:1-5:7,4f2b…:1-9}.
 *
 * <p>Always: the intervals of a server neither overlap nor touch.
 *
 * @param intervals by server, in lower case: from where to where, both included
 */
record MySqlGtids(SortedMap<String, NavigableMap<Long, Long>> intervals) implements Gtids {

    private static final Pattern SERVER = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern INTERVAL = Pattern.compile("([1-9][0-9]{0,17})(?:-([1-9][0-9]{0,17}))?");
    private static final Pattern TAG = Pattern.compile("[a-z_][a-z0-9_]{0,31}");

    /** @throws ConnectException the text is no set of GTIDs, or one with tags */
    static MySqlGtids parse(String text) {
        MySqlGtids all = new MySqlGtids(new TreeMap<>());
        if (text != null && !text.isBlank()) {
            for (String one : text.toLowerCase(Locale.ROOT).split(",", -1)) {
                all.addServer(one.replaceAll("\\s", ""));
            }
        }
        return all;
    }

    private void addServer(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || !SERVER.matcher(parts[0]).matches()) {
            throw new ConnectException("'" + text + "' is no set of GTIDs, wanted: UUID:NUMBER or UUID:FROM-TO");
        }
        for (int i = 1; i < parts.length; i++) {
            Matcher interval = INTERVAL.matcher(parts[i]);
            if (TAG.matcher(parts[i]).matches()) {
                throw new ConnectException("the server has transactions with tagged GTIDs (" + parts[0] + ":" + parts[i]
                        + "), which Debezium's binlog client does not know, wanted: a server on which gtid_next was never set to"
                        + " AUTOMATIC:TAG since its GTIDs began");
            }
            if (!interval.matches()) {
                throw new ConnectException("'" + text + "' is no set of GTIDs, wanted: UUID:NUMBER or UUID:FROM-TO");
            }
            long from = Long.parseLong(interval.group(1));
            long to = interval.group(2) == null ? from : Long.parseLong(interval.group(2));
            if (to < from) {
                throw new ConnectException(
                        "'" + text + "' is no set of GTIDs, wanted: UUID:FROM-TO, FROM not after TO");
            }
            add(parts[0], from, to);
        }
    }

    private void add(String server, long from, long to) {
        NavigableMap<Long, Long> of = intervals.computeIfAbsent(server, absent -> new TreeMap<>());
        long first = from;
        long last = to;
        Map.Entry<Long, Long> before = of.floorEntry(from);
        if (before != null && before.getValue() >= from - 1) {
            first = before.getKey();
            last = Math.max(last, before.getValue());
        }
        NavigableMap<Long, Long> met = of.subMap(first, true, last + 1, true);
        for (long end : met.values()) {
            last = Math.max(last, end);
        }
        met.clear();
        of.put(first, last);
    }

    @Override
    public Gtids with(String transaction) {
        MySqlGtids all = new MySqlGtids(new TreeMap<>());
        intervals.forEach((server, own) -> all.intervals.put(server, new TreeMap<>(own)));
        parse(transaction).intervals.forEach((server, own) -> own.forEach((from, to) -> all.add(server, from, to)));
        return all;
    }

    @Override
    public Optional<String> before(Gtids other) {
        for (Map.Entry<String, NavigableMap<Long, Long>> server : ((MySqlGtids) other).intervals.entrySet()) {
            for (Map.Entry<Long, Long> theirs : server.getValue().entrySet()) {
                Optional<String> absent = absent(server.getKey(), theirs.getKey(), theirs.getValue());
                if (absent.isPresent()) {
                    return absent;
                }
            }
        }
        return Optional.empty();
    }

    /** The last transaction of those that is not before this place: what was purged, was purged up to it. */
    private Optional<String> absent(String server, long from, long to) {
        NavigableMap<Long, Long> own = intervals.get(server);
        Map.Entry<Long, Long> around = own == null ? null : own.floorEntry(to);
        if (around == null || around.getValue() < to) {
            return Optional.of(server + ":" + to);
        }
        return around.getKey() <= from ? Optional.empty() : Optional.of(server + ":" + (around.getKey() - 1));
    }

    /** One that names a single transaction would have everything before it read again. */
    @Override
    public boolean isWhole(Gtids end) {
        return ((MySqlGtids) end)
                .intervals.entrySet().stream()
                        .allMatch(server -> server.getValue().entrySet().stream()
                                .allMatch(theirs -> beginsWith(server.getKey(), theirs.getKey(), theirs.getValue())));
    }

    /** Whether what this place has of an interval of the log, if anything, begins where that begins. */
    private boolean beginsWith(String server, long from, long to) {
        NavigableMap<Long, Long> own = intervals.getOrDefault(server, new TreeMap<>());
        Map.Entry<Long, Long> around = own.floorEntry(from);
        boolean hasFirst = around != null && around.getValue() >= from;
        return hasFirst || own.subMap(from, false, to, true).isEmpty();
    }

    /** One more with each transaction, whichever server wrote it. */
    @Override
    public long order() {
        return intervals.values().stream()
                .flatMap(own -> own.entrySet().stream())
                .mapToLong(interval -> interval.getValue() - interval.getKey() + 1)
                .sum();
    }

    @Override
    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    @Override
    public String toString() {
        List<String> servers = new ArrayList<>();
        intervals.forEach((server, own) -> {
            StringBuilder text = new StringBuilder(server);
            own.forEach((from, to) -> text.append(':').append(from).append(to.equals(from) ? "" : "-" + to));
            servers.add(text.toString());
        });
        return String.join(",", servers);
    }
}

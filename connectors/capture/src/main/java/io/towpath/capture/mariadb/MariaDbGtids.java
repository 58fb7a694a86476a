package io.towpath.capture.mariadb;

import io.towpath.capture.binlog.Gtids;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * A place between two transactions of a MariaDB binlog: of each replication domain, the last transaction before it.
 * Written as MariaDB does, {@code 0-1-270,1-3-9}: domain, server that wrote the transaction, number within the domain.
 */
record MariaDbGtids(Map<Long, Gtid> lastOf) implements Gtids {

    /** One transaction. */
    record Gtid(long domain, long server, long number) {
        static Gtid parse(String text) {
            String[] parts = text.strip().split("-", -1);
            try {
                if (parts.length == 3) {
                    return new Gtid(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
                }
            } catch (NumberFormatException notNumbers) {
                throw new ConnectException("'" + text + "' is no GTID, wanted: DOMAIN-SERVER-NUMBER", notNumbers);
            }
            throw new ConnectException("'" + text + "' is no GTID, wanted: DOMAIN-SERVER-NUMBER");
        }

        @Override
        public String toString() {
            return domain + "-" + server + "-" + number;
        }
    }

    /** @throws ConnectException the text is no list of GTIDs */
    static MariaDbGtids parse(String text) {
        Map<Long, Gtid> all = new TreeMap<>();
        if (text != null && !text.isBlank()) {
            for (String one : text.split(",", -1)) {
                Gtid gtid = Gtid.parse(one);
                all.put(gtid.domain(), gtid);
            }
        }
        return new MariaDbGtids(all);
    }

    @Override
    public Gtids with(String transaction) {
        Map<Long, Gtid> all = new TreeMap<>(lastOf);
        Gtid gtid = Gtid.parse(transaction);
        all.put(gtid.domain(), gtid);
        return new MariaDbGtids(all);
    }

    @Override
    public Optional<String> before(Gtids other) {
        return ((MariaDbGtids) other)
                .lastOf.values().stream()
                        .filter(last -> numberOf(last.domain()) < last.number())
                        .map(Gtid::toString)
                        .findFirst();
    }

    /** One more in its domain with each transaction. */
    @Override
    public long order() {
        return lastOf.values().stream().mapToLong(Gtid::number).sum();
    }

    @Override
    public boolean isEmpty() {
        return lastOf.isEmpty();
    }

    /** A domain that is not named would be read from its beginning. */
    @Override
    public boolean isWhole(Gtids end) {
        return lastOf.keySet().containsAll(((MariaDbGtids) end).lastOf.keySet());
    }

    private long numberOf(long domain) {
        Gtid last = lastOf.get(domain);
        return last == null ? 0 : last.number();
    }

    @Override
    public String toString() {
        return String.join(",", lastOf.values().stream().map(Gtid::toString).toList());
    }
}

package io.towpath.bench.capture;

import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.PostgresServer;
import io.towpath.migration.connect.ConnectRest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One comparison on the same databases: all slots are made first, then the changes, then the contenders read them one
 * after the other, while the others' connectors are stopped.
 */
final class Round {

    private final KafkaCluster kafka;
    private final PostgresServer postgres;
    private final Map<Contender, ConnectWorker> workers;
    private final List<String> databases;

    Round(KafkaCluster kafka, PostgresServer postgres, Map<Contender, ConnectWorker> workers, List<String> databases) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.workers = workers;
        this.databases = databases;
    }

    /**
     * Has all of them read {@code warm} changes together, then each {@code changes} by itself.
     *
     * @param limit for a connector to start or stop
     */
    Map<Contender, Figure> run(int warm, int changes, Duration limit) throws Exception {
        List<Load> loads = new ArrayList<>();
        for (String database : databases) {
            loads.add(new Load(postgres, database));
            loads.get(loads.size() - 1).prepare();
        }
        Map<Contender, Reader> readers = new EnumMap<>(Contender.class);
        try {
            for (Contender contender : Contender.values()) {
                start(contender, limit);
                readers.put(contender, new Reader(kafka.bootstrapServers(), contender.topics(databases.size())));
            }
            int before = change(loads, warm);
            readers.values().forEach(reader -> reader.read(before));
            for (Contender contender : Contender.values()) {
                CaptureBench.all(rest(contender), contender.connectors(postgres, databases), false);
            }
            int count = change(loads, changes);
            Map<Contender, Figure> figures = new EnumMap<>(Contender.class);
            for (Contender contender : Contender.values()) {
                figures.put(contender, measure(contender, readers.get(contender), count));
            }
            return figures;
        } finally {
            readers.values().forEach(Reader::close);
        }
    }

    private Figure measure(Contender contender, Reader reader, int count) throws Exception {
        List<Map<String, String>> connectors = contender.connectors(postgres, databases);
        Usage usage = new Usage(workers.get(contender).pid());
        Duration used = usage.cpu();
        CaptureBench.all(rest(contender), connectors, true);
        long before = reader.bytes();
        long nanos = reader.read(count);
        double cpu = usage.cpu().minus(used).toNanos() / 1e9;
        CaptureBench.all(rest(contender), connectors, false);
        return new Figure(
                contender.label(),
                databases.size(),
                count / (nanos / 1e9),
                cpu / count * 1_000,
                (reader.bytes() - before) / count,
                usage.liveHeapMegabytes(),
                usage.peakMegabytes());
    }

    private void start(Contender contender, Duration limit) {
        for (Map<String, String> config : contender.connectors(postgres, databases)) {
            rest(contender).put(config.get("name"), config);
            rest(contender).awaitRunning(config.get("name"), limit);
        }
        Slots.await(postgres, databases, limit);
    }

    private ConnectRest rest(Contender contender) {
        return new ConnectRest(workers.get(contender).url());
    }

    /** The same number in each database; how many in all. */
    private int change(List<Load> loads, int changes) throws Exception {
        int each = changes / loads.size();
        for (Load load : loads) {
            load.change(each);
        }
        return each * loads.size();
    }
}

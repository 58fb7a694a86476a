package io.towpath.bench.migration;

import io.towpath.bench.migration.Course.Pace;
import io.towpath.local.ConnectWorker;
import io.towpath.local.Server;
import io.towpath.local.WorkerSettings;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.mm2.IdentityFlow;
import java.io.PrintStream;
import java.util.List;

/**
 * {@code towpath bench mirror [RECORDS]}: the same source topic copied by MM2 as its documentation starts it (dedicated
 * mode, one task), by our throughput flow on a worker, and by a bare pipe. The topic holds twice RECORDS: every one of
 * them copies the first half to get warm and is measured over the second, for a copy of hours is no matter of cold
 * compilers. All JVMs have the same options.
 */
public final class MirrorBench {

    private static final int TASKS = 2;
    private static final String TOPIC = "bench";

    private final PrintStream out;
    private final int records;

    /** One kind of topic to copy; {@code records} are measured. */
    private record Shape(String name, int partitions, int records, int padding) {

        Events events(String topic) {
            return new Events(topic, partitions, 2 * records, padding);
        }
    }

    /** Records per second. */
    private record Rates(double pipe, double ours, double documented) {

        boolean hold() {
            return ours >= 5 * documented && ours >= 0.9 * pipe;
        }
    }

    public MirrorBench(PrintStream out, List<String> sizes) {
        this.out = out;
        this.records = sizes.isEmpty() ? 2_000_000 : Integer.parseInt(sizes.get(0));
    }

    /** Exit code: 0 when both bounds hold for both shapes, else 2. */
    public int run() throws Exception {
        Rates large = measure(new Shape("1 KB", 40, records / 4, 660));
        Rates events = measure(new Shape("360 bytes", 4, records, 0));
        out.printf("ratio=%.1f of_limit=%.2f%n", events.ours / events.documented, events.ours / events.pipe);
        return events.hold() && large.hold() ? 0 : 2;
    }

    private Rates measure(Shape shape) throws Exception {
        try (Clusters clusters = new Clusters()) {
            Events events = shape.events(TOPIC);
            events.create(List.of(clusters.dc1.bootstrapServers()));
            events.write(List.of(clusters.dc1.bootstrapServers()));
            out.printf("%,d records of about %s, lz4, %d partitions%n", shape.records, shape.name, shape.partitions);
            double pipe = told("bare pipe, " + TASKS + " threads", pipe(clusters, shape));
            double ours = told("our throughput flow, exactly once", flow(clusters, shape, true));
            double atLeastOnce = told("our throughput flow, at least once", flow(clusters, shape, false));
            double documented = told("MM2 as documented, at least once", documented(clusters, shape));
            out.printf(
                    "%s: ratio=%.1f of_limit=%.2f; at least once, as MM2 is documented: ratio=%.1f of_limit=%.2f%n",
                    shape.name, ours / documented, ours / pipe, atLeastOnce / documented, atLeastOnce / pipe);
            return new Rates(pipe, ours, documented);
        }
    }

    private double told(String who, Pace pace) {
        out.println(who + ": " + pace);
        return pace.perSecond();
    }

    private Pace pipe(Clusters clusters, Shape shape) throws Exception {
        shape.events("piped").create(List.of(clusters.dc2.bootstrapServers()));
        try (BarePipe pipe = new BarePipe(clusters.both(), TOPIC, "piped", TASKS)) {
            pipe.start(shape.partitions);
            return pace(clusters, ProcessHandle.current().pid(), "piped", shape);
        }
    }

    private Pace flow(Clusters clusters, Shape shape, boolean exactlyOnce) throws Exception {
        IdentityFlow flow = Contenders.packaged(clusters, TOPIC, TASKS, exactlyOnce);
        WorkerSettings settings = WorkerSettings.of()
                .withGroup(flow.name())
                .withHeap(1536)
                .with("offset.flush.interval.ms", "60000")
                .with("exactly.once.source.support", exactlyOnce ? "enabled" : "disabled");
        ConnectWorker worker = clusters.stack.connect(flow.name(), clusters.dc2, settings);
        try {
            shape.events(TOPIC).create(List.of(clusters.dc2.bootstrapServers()));
            new ConnectRest(worker.url()).put(flow.name(), flow.render());
            return pace(clusters, worker.pid(), TOPIC, shape);
        } finally {
            worker.stop();
            shape.events(TOPIC).delete(clusters.dc2.bootstrapServers());
        }
    }

    private Pace documented(Clusters clusters, Shape shape) throws Exception {
        String arrives = "dc1." + TOPIC;
        shape.events(arrives).create(List.of(clusters.dc2.bootstrapServers()));
        Server mirrorMaker = clusters.stack.mirrorMaker("documented", Contenders.documented(clusters, TOPIC));
        try {
            return pace(clusters, mirrorMaker.pid(), arrives, shape);
        } finally {
            mirrorMaker.stop();
        }
    }

    private static Pace pace(Clusters clusters, long copier, String topic, Shape shape) {
        try (Course course = new Course(clusters, copier, topic, shape.partitions)) {
            return course.between(shape.records, 2L * shape.records);
        }
    }
}

package io.towpath.capture.delegate;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * A running Debezium task, held by Connect's public interfaces only. All calls but {@link #confirm} come from one thread,
 * whose context class loader is the library's. It is never restarted: after a failure it is closed and another is made.
 */
public final class Delegate implements AutoCloseable {

    private final SourceTask task;
    private final DelegateContext context;
    private volatile boolean polled;

    private Delegate(SourceTask task, DelegateContext context) {
        this.task = task;
        this.context = context;
    }

    /**
     * Builds the delegate and starts it.
     *
     * @param connectorClass class of the delegate's connector
     * @param config of the delegate's connector
     * @param offset where to read on; empty for a delegate that has never read
     */
    public static Delegate start(
            DelegateLibrary library,
            String connectorClass,
            Map<String, String> config,
            SourceTaskContext outer,
            Map<String, ?> offset) {
        SourceConnector connector = library.instance(connectorClass, SourceConnector.class);
        connector.start(config);
        Map<String, String> taskConfig = connector.taskConfigs(1).get(0);
        SourceTask task = library.instance(connector.taskClass().getName(), SourceTask.class);
        DelegateContext context = new DelegateContext(outer, taskConfig, offset);
        task.initialize(context);
        try {
            task.start(taskConfig);
        } catch (RuntimeException failure) {
            stop(task, failure);
            throw failure;
        }
        return new Delegate(task, context);
    }

    /** The next change records; waits for about the delegate's poll interval if there are none. */
    public List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> records = task.poll();
        if (records == null) {
            return List.of();
        }
        polled |= !records.isEmpty();
        return records;
    }

    /**
     * Lets the database forget what lies before {@code offset}; happens in a later poll. Ignored before the first
     * records: until then the delegate may look once more for where to read on.
     */
    public void confirm(Map<String, ?> offset) throws InterruptedException {
        if (polled) {
            context.offset(offset);
            task.commit();
        }
    }

    @Override
    public void close() {
        task.stop();
    }

    private static void stop(SourceTask task, RuntimeException failure) {
        try {
            task.stop();
        } catch (RuntimeException alsoFailed) {
            failure.addSuppressed(new ConnectException("the delegate could not be stopped", alsoFailed));
        }
    }
}

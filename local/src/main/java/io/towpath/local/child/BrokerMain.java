package io.towpath.local.child;

import java.io.PrintStream;

/**
 * {@code BrokerMain PROPERTIES CLUSTER_ID INITIAL_CONTROLLERS}: formats the storage unless that was done before, then
 * runs the broker; one JVM for both, as a start costs seconds on a small machine.
 */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Lifeline.hold();
        String[] format = {
            "format", "--ignore-formatted", "-c", args[0], "-t", args[1], "--initial-controllers", args[2]
        };
        Object code = Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, PrintStream.class)
                .invoke(null, format, System.out);
        if (!Integer.valueOf(0).equals(code)) {
            System.exit((Integer) code);
        }
        WatchedMain.call("kafka.Kafka", args[0]);
    }
}

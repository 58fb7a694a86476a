package io.towpath.local.child;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code BrokerMain PROPERTIES CLUSTER_ID INITIAL_CONTROLLERS [USER FILE]}: formats the storage unless that was done
 * before, then runs the broker; one JVM for both, as a start costs seconds on a small machine. The user is there from
 * the beginning, with the {@code password=} of the file: a command line would show it to everybody.
 */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        Lifeline.hold();
        List<String> format = new ArrayList<>(List.of("format", "--ignore-formatted", "-c", args[0], "-t", args[1]));
        format.addAll(List.of("--initial-controllers", args[2]));
        if (args.length > 3) {
            String password = Files.readString(Path.of(args[4])).strip().substring("password=".length());
            format.addAll(List.of("--add-scram", "SCRAM-SHA-512=[name=" + args[3] + ",password=" + password + "]"));
        }
        Object code = Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, PrintStream.class)
                .invoke(null, format.toArray(String[]::new), System.out);
        if (!Integer.valueOf(0).equals(code)) {
            System.exit((Integer) code);
        }
        WatchedMain.call("kafka.Kafka", args[0]);
    }
}

package io.towpath.local;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** {@code Supervisor DIRECTORY paused|running}: starts one server of each kind, prints their process ids, and stays. */
final class Supervisor {

    private Supervisor() {}

    public static void main(String[] args) throws Exception {
        Stack stack = Stack.embedded(Path.of(args[0]));
        KafkaCluster cluster = stack.kafka("dc1", 1);
        stack.connect("worker", cluster, WorkerSettings.of());
        stack.postgres("pg");
        if (args[1].equals("paused")) {
            stack.servers().forEach(Server::pause);
        }
        System.out.println(stack.servers().stream()
                .map(server -> String.valueOf(server.pid()))
                .collect(Collectors.joining(" ")));
        new CountDownLatch(1).await();
    }
}

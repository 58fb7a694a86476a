package io.towpath.demo.story;

import com.sun.tools.attach.VirtualMachine;
import io.towpath.local.KafkaCluster;
import io.towpath.migration.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.rmi.UnmarshalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a running server tells whoever asks, as text: by REST, by JMX, in its topics, on its command line. */
final class Tales {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Tales() {}

    /** Every answer of a Connect worker that can be had without changing anything, by its path. */
    static Map<String, String> rest(URI worker, List<String> connectors) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>(List.of(
                "/",
                "/connectors",
                "/connectors?expand=info&expand=status",
                "/connector-plugins?connectorsOnly=false",
                "/admin/loggers",
                "/health"));
        for (String connector : connectors) {
            for (String part : List.of("", "/config", "/status", "/tasks", "/topics", "/offsets", "/tasks/0/status")) {
                paths.add("/connectors/" + connector + part);
            }
        }
        Map<String, String> answers = new TreeMap<>();
        for (String path : paths) {
            answers.put(path, get(worker.resolve(path)));
        }
        for (String connector : connectors) {
            String config = answers.get("/connectors/" + connector + "/config");
            String plugin = config.replaceAll("(?s).*\"connector.class\":\"([^\"]+)\".*", "$1");
            HttpRequest validate = HttpRequest.newBuilder(
                            worker.resolve("/connector-plugins/" + plugin + "/config/validate"))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(config))
                    .build();
            answers.put("validate " + connector, send(validate));
        }
        return answers;
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri).GET().build());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Every MBean of a JVM of ours: names, attributes and their values. */
    @SuppressWarnings("BanJNDI") // the address is that of our own child, on this machine
    static String jmx(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            StringBuilder all = new StringBuilder();
            for (ObjectName name : beans.queryNames(null, null)) {
                all.append(name).append('\n');
                all.append(attributes(beans, name));
            }
            return all.toString();
        } finally {
            machine.detach();
        }
    }

    /** Those that can be read, in one call. */
    private static String attributes(MBeanServerConnection beans, ObjectName name) throws JMException, IOException {
        try {
            String[] names = Stream.of(beans.getMBeanInfo(name).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            return beans.getAttributes(name, names).asList().stream()
                    .map(attribute -> attribute.getName() + "=" + text(attribute.getValue()) + "\n")
                    .collect(Collectors.joining());
        } catch (InstanceNotFoundException | UnmarshalException goneOrOfAClassThatIsNotHere) {
            return "";
        }
    }

    private static String text(Object value) {
        if (value instanceof Object[] values) {
            return Stream.of(values).map(Tales::text).collect(Collectors.joining(","));
        }
        return value instanceof CompositeData data ? data.values().toString() : String.valueOf(value);
    }

    /** Hears every record of every topic of the cluster, internal ones too, as {@code topic} and text. */
    static Map<String, String> topics(KafkaCluster cluster) throws ExecutionException, InterruptedException {
        Map<String, Object> login = cluster.login(KafkaCluster.SUPER_USER).properties();
        Set<String> names;
        try (Admin admin = Admin.create(login)) {
            names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
        }
        Map<String, StringBuilder> told = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(login, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = names.stream()
                    .flatMap(name -> consumer.partitionsFor(name).stream())
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            long limit = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> append(told, record));
                if (System.nanoTime() - limit > 0) {
                    throw new IllegalStateException(cluster.name() + ": its topics cannot be read to their ends");
                }
            }
        }
        Map<String, String> texts = new TreeMap<>();
        told.forEach((topic, text) -> texts.put(topic, text.toString()));
        return texts;
    }

    private static void append(Map<String, StringBuilder> told, ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = told.computeIfAbsent(record.topic(), topic -> new StringBuilder());
        Consumer<byte[]> part =
                bytes -> text.append(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1))
                        .append('\n');
        part.accept(record.key());
        part.accept(record.value());
        for (Header header : record.headers()) {
            text.append(header.key()).append('=');
            part.accept(header.value());
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What {@code /metrics} of a port says as soon as {@code wanted} is in it; nothing when it never is. */
    static String metrics(int port, String wanted, Duration limit) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return new Patience(limit, Duration.ofMillis(50))
                .until(() -> {
                    try {
                        return Optional.of(send(request)).filter(text -> text.contains(wanted));
                    } catch (IOException notServedNow) {
                        return Optional.empty();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("interrupted", e);
                    }
                })
                .orElse("");
    }

    /** The command line of a process and of its children. */
    static String commandLine(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> process.info().commandLine().orElse(""))
                .orElse("");
    }
}

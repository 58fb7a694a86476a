package io.towpath.demo.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.towpath.migration.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * An application that writes to Kafka without a pause. A file tells it where: while there is none, it writes nothing. The
 * hooks of a switch take the file away and put it back with the other cluster's address.
 *
 * <p>Always: the ledger holds exactly what was acknowledged, in the order in which it was sent.
 */
final class Clicks implements AutoCloseable {

    static final String TOPIC = "clicks";
    private static final int VISITORS = 50;
    private static final int BURST = 20;
    private static final Patience TICK = new Patience(Duration.ZERO, Duration.ofMillis(20));

    private final Path address;
    private final List<Deed> ledger = new ArrayList<>();
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private volatile boolean closed;
    private KafkaProducer<byte[], byte[]> producer;
    private String writesTo = "";

    /** {@code address}: the file with the bootstrap servers to write to. */
    Clicks(Path address) {
        this.address = address;
    }

    /** So many at once, before anybody switches. */
    void burst(String bootstrapServers, int number) throws ExecutionException, InterruptedException {
        reach(bootstrapServers);
        write(number);
    }

    /** About a thousand a second from now on, wherever the file says. */
    void start() {
        Thread thread = new Thread(this::run, "clicks");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                reach(where());
                if (producer != null) {
                    write(BURST);
                }
                TICK.pause();
            }
            reach("");
            running.complete(null);
        } catch (IOException | ExecutionException | RuntimeException e) {
            running.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.completeExceptionally(e);
        }
    }

    private String where() throws IOException {
        try {
            return Files.readString(address).strip();
        } catch (NoSuchFileException stopped) {
            return "";
        }
    }

    private void reach(String bootstrapServers) {
        if (bootstrapServers.equals(writesTo)) {
            return;
        }
        if (producer != null) {
            producer.close();
        }
        producer = bootstrapServers.isEmpty()
                ? null
                : new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 2),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        writesTo = bootstrapServers;
    }

    private void write(int number) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        List<Deed> deeds = new ArrayList<>();
        int from = count();
        for (int n = from; n < from + number; n++) {
            String visitor = "visitor-" + n % VISITORS;
            String value = "{\"id\":\"click-" + n + "\",\"type\":\"clicked\",\"actor\":{\"id\":\"" + visitor
                    + "\"},\"object\":{\"id\":\"" + n + "\"},\"data\":\"{\\\"change_id\\\":" + n + "}\"}";
            sent.add(producer.send(new ProducerRecord<>(TOPIC, visitor.getBytes(UTF_8), value.getBytes(UTF_8))));
            deeds.add(Deed.of("clicked", visitor, Integer.toString(n), "{\"change_id\":" + n + "}"));
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        synchronized (ledger) {
            ledger.addAll(deeds);
        }
    }

    int count() {
        synchronized (ledger) {
            return ledger.size();
        }
    }

    /** Everything acknowledged so far. */
    List<Deed> ledger() {
        synchronized (ledger) {
            return List.copyOf(ledger);
        }
    }

    /** Returns when the last click is acknowledged. @throws IllegalStateException when one was refused */
    void stop() throws InterruptedException {
        closed = true;
        try {
            running.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the clicks could not be written", e.getCause());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}

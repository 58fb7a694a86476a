package io.towpath.bench.transforms;

import io.towpath.transforms.Pseudonymize;
import io.towpath.transforms.SaltKey;
import io.towpath.transforms.SchemaGate;
import io.towpath.transforms.ToActivity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.ExtractField;
import org.apache.kafka.connect.transforms.MaskField;
import org.apache.kafka.connect.transforms.ReplaceField;
import org.apache.kafka.connect.transforms.Transformation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each transform on one record, beside Kafka's own on the same record. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(value = 1, jvmArgsAppend = "-Xbatch")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 40, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class TransformsBenchmark {

    private static final String SECRET = "a secret for the benchmark";

    private final SourceRecord insert = Samples.insert();
    private final SourceRecord activity = Samples.activity();
    private final SourceRecord customer = Samples.customer();
    private final byte[] actor = "70007".getBytes(StandardCharsets.UTF_8);

    private Transformation<SourceRecord> toActivity;
    private Transformation<SourceRecord> pseudonymize;
    private Transformation<SourceRecord> pseudonymizeKey;
    private Transformation<SourceRecord> pseudonymizeRow;
    private Transformation<SourceRecord> saltKey;
    private Transformation<SourceRecord> schemaGate;
    private Transformation<SourceRecord> replaceField;
    private Transformation<SourceRecord> extractField;
    private Transformation<SourceRecord> maskField;
    private List<Transformation<SourceRecord>> kafkaChain;
    private List<Transformation<SourceRecord>> debeziumChain;
    private Mac mac;

    @Setup
    public void configure() throws GeneralSecurityException {
        toActivity = configured(
                new ToActivity<>(),
                Map.ofEntries(
                        Map.entry("rules", "placed"),
                        Map.entry("rules.placed.table", "public.orders"),
                        Map.entry("rules.placed.type", "order.placed"),
                        Map.entry("rules.placed.actor.id", "${customer_id}"),
                        Map.entry("rules.placed.actor.kind", "customer"),
                        Map.entry("rules.placed.object.type", "order"),
                        Map.entry("rules.placed.object.id", "${id}"),
                        Map.entry("rules.placed.data", "id,total"),
                        Map.entry("rules.placed.context", "ip")));
        pseudonymize = configured(
                new Pseudonymize<>(), Map.of("hmac", "value.actor.id", "keys", "k1", "keys.k1.secret", SECRET));
        pseudonymizeKey =
                configured(new Pseudonymize<>(), Map.of("hmac", "key", "keys", "k1", "keys.k1.secret", SECRET));
        pseudonymizeRow = configured(
                new Pseudonymize<>(),
                Map.of(
                        "hmac",
                        "value.name,value.email,value.phone,value.street",
                        "keys",
                        "k1",
                        "keys.k1.secret",
                        SECRET));
        saltKey = configured(new SaltKey<>(), Map.of("keys", "70007"));
        schemaGate = configured(new SchemaGate.Value<>(), Map.of());
        replaceField = configured(new ReplaceField.Value<>(), Map.of("exclude", "context"));
        extractField = configured(new ExtractField.Value<>(), Map.of("field", "actor"));
        maskField = configured(new MaskField.Value<>(), Map.of("fields", "type", "replacement", "x"));
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        kafkaChain = StockChains.kafkaOnly();
        debeziumChain = StockChains.withDebezium();
    }

    static <T extends Transformation<SourceRecord>> T configured(T transform, Map<String, ?> config) {
        transform.configure(config);
        return transform;
    }

    @Benchmark
    public SourceRecord toActivity() {
        return toActivity.apply(insert);
    }

    @Benchmark
    public SourceRecord kafkaChain() {
        return through(kafkaChain);
    }

    @Benchmark
    public SourceRecord debeziumChain() {
        return through(debeziumChain);
    }

    private SourceRecord through(List<Transformation<SourceRecord>> chain) {
        SourceRecord record = insert;
        for (Transformation<SourceRecord> link : chain) {
            record = link.apply(record);
        }
        return record;
    }

    @Benchmark
    public SourceRecord pseudonymize() {
        return pseudonymize.apply(activity);
    }

    @Benchmark
    public SourceRecord pseudonymizeKey() {
        return pseudonymizeKey.apply(activity);
    }

    @Benchmark
    public SourceRecord pseudonymizeRow() {
        return pseudonymizeRow.apply(customer);
    }

    @Benchmark
    public byte[] bareHmac() {
        return mac.doFinal(actor);
    }

    @Benchmark
    public SourceRecord saltKey() {
        return saltKey.apply(activity);
    }

    @Benchmark
    public SourceRecord schemaGate() {
        return schemaGate.apply(activity);
    }

    @Benchmark
    public SourceRecord kafkaReplaceField() {
        return replaceField.apply(activity);
    }

    @Benchmark
    public SourceRecord kafkaExtractField() {
        return extractField.apply(activity);
    }

    @Benchmark
    public SourceRecord kafkaMaskField() {
        return maskField.apply(activity);
    }
}

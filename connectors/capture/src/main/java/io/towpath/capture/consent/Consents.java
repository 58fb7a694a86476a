package io.towpath.capture.consent;

import io.towpath.activity.privacy.Pseudonyms;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.ConsentConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.config.PrivacyConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;

/** The consent of each of a task's databases, as the consent topic had it when the task started. */
public final class Consents {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String topic;
    private final AtomicReference<ConnectException> lost = new AtomicReference<>();
    private final Map<String, ConsentStage> byDatabase = new HashMap<>();

    private Consents(ConsentConfig config) {
        topic = config == null ? null : config.topic();
    }

    /** None where the config asks for none. */
    public static Consents load(CaptureConfig config) {
        ConsentConfig consent = config.consent();
        Consents consents = new Consents(consent);
        if (consent == null) {
            return consents;
        }
        Set<String> databases =
                config.databases().stream().map(DatabaseConfig::name).collect(Collectors.toSet());
        Map<String, List<ConsentLedger.Entry>> known = new ConsentTopic(consent, PATIENCE).read(databases);
        known.forEach((database, entries) -> {
            assertKeysKept(consent, config.privacy(), database, entries);
            ConsentLedger ledger = new ConsentLedger(consent, entries);
            consents.byDatabase.put(database, new ConsentStage(config, database, ledger, names(config.privacy())));
        });
        return consents;
    }

    /** Of one database; empty where nobody is asked. */
    public Optional<ConsentStage> of(String database) {
        return Optional.ofNullable(byDatabase.get(database));
    }

    /**
     * Called for each record that Connect is done with, and where it went; null for nowhere. Connect swallows what is
     * thrown from there, so a statement that a transform has dropped or sent elsewhere is complained of in the next poll.
     */
    public void acknowledged(SourceRecord record, RecordMetadata metadata) {
        if (topic != null && topic.equals(record.topic()) && (metadata == null || !topic.equals(metadata.topic()))) {
            lost.set(new ConnectException("a record of the consent topic " + topic + " was "
                    + (metadata == null ? "dropped" : "sent to " + metadata.topic())
                    + ", so what an actor allows is not kept, wanted: transforms with a predicate that leaves this topic"
                    + " alone; then write the rows of the consent table once again"));
        }
    }

    /** Throws what {@link #acknowledged} has found. */
    public void throwLoss() {
        ConnectException loss = lost.get();
        if (loss != null) {
            throw loss;
        }
    }

    private static ActorName.Names names(PrivacyConfig privacy) {
        return privacy.pseudonymFields().contains("actor.id")
                ? ActorName.pseudonyms(new Pseudonyms(privacy.keys()))
                : ActorName.plain();
    }

    /** An opt-out under a key that is gone would never be found again. */
    private static void assertKeysKept(
            ConsentConfig consent, PrivacyConfig privacy, String database, List<ConsentLedger.Entry> entries) {
        Set<String> missing = new HashSet<>();
        entries.forEach(entry -> missing.add(entry.name().key()));
        missing.remove(null);
        if (privacy.pseudonymFields().contains("actor.id")) {
            privacy.keys().forEach(key -> missing.remove(key.id()));
        }
        if (!missing.isEmpty()) {
            throw new ConnectException("the consent topic " + consent.topic() + " holds actors of database " + database
                    + " under pseudonym keys that are configured no more: " + missing
                    + ", wanted: these keys, until every row of the consent table was written once again");
        }
    }
}

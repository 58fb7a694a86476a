package io.towpath.capture.consent;

import io.towpath.activity.Activity;
import io.towpath.activity.ActorErased;
import io.towpath.activity.Change;
import io.towpath.activity.rule.ActivityId;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.ConsentConfig;
import io.towpath.capture.consent.ConsentTable.Said;
import io.towpath.capture.unit.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;

/** One database's consent: hears its table's changes, and lets an activity pass or not. */
public final class ConsentStage {

    /** Basis of an activity that is kept because nothing is known of its actor. */
    private static final String BY_DEFAULT = "default";

    private final ConsentConfig config;
    private final String database;
    private final ConsentTable table;
    private final ConsentLedger ledger;
    private final ActorName.Names names;
    private final ConsentCounts counts;
    private final Set<String> asked;
    private Named lastNamed = new Named(null, List.of());

    private record Named(String actor, List<ActorName> names) {}

    /**
     * @param ledger keeps what is said of consent
     * @param names of an actor
     */
    ConsentStage(CaptureConfig config, String database, ConsentLedger ledger, ActorName.Names names) {
        this(config.consent(), database, ledger, names, asked(config));
    }

    private ConsentStage(
            ConsentConfig config, String database, ConsentLedger ledger, ActorName.Names names, Set<String> asked) {
        this.config = config;
        this.database = database;
        this.asked = asked;
        this.table = new ConsentTable(config.table(database), config.columns(), config.category());
        this.ledger = ledger;
        this.names = names;
        this.counts = new ConsentCounts();
    }

    /** The categories that activities need: to leave another one is no reason to delete anything. */
    private static Set<String> asked(CaptureConfig config) {
        return config.rules().rules().stream()
                .map(rule -> Objects.requireNonNullElse(
                        rule.consentCategory(), config.consent().category()))
                .collect(Collectors.toSet());
    }

    public ConsentCounts counts() {
        return counts;
    }

    public ConsentLedger ledger() {
        return ledger;
    }

    /** Reading begins, of the log {@code id}, which ends at {@code end}. */
    public void opened(String id, long end) {
        ledger.opened(id, end);
    }

    /** What follows was committed in one transaction, or is a message alone, behind {@code position}. */
    public void begin(long position) {
        ledger.begin(position);
    }

    /** Takes what {@code change} says of consent, and answers with the erasures that it asks for. */
    public List<Activity> hear(Change change) {
        if (!table.holds(change)) {
            return List.of();
        }
        List<Activity> erasures = new ArrayList<>(1);
        for (Said said : table.read(change)) {
            List<ActorName> known = names(said.actor());
            ledger.say(known, said.category(), said.verdict(), said.changedAt());
            if (asked.contains(said.category())
                    && !ledger.decide(known, said.category()).reason().kept()) {
                erasures.add(erasure(change, known, erasures.size()));
            }
        }
        counts.erased(erasures.size());
        return erasures;
    }

    /** The activity with the basis on which it may be kept; empty if it may not. */
    public Optional<Activity> admit(Activity activity) {
        String category = activity.consent() == null
                ? config.category()
                : activity.consent().basis();
        List<ActorName> known =
                activity.actor() == null ? List.of() : names(activity.actor().id());
        Decision decision = ledger.decide(known, category);
        counts.decided(decision.reason());
        if (!decision.reason().kept()) {
            return Optional.empty();
        }
        Statement basis = decision.basis();
        boolean said = decision.reason() == Reason.ALLOWED;
        return Optional.of(activity.with(new Activity.Consent(
                said ? category : BY_DEFAULT,
                said && basis.changedAt() != null ? basis.changedAt().toString() : null)));
    }

    /** The transaction has ended at {@code position}: the records of what it said. */
    public List<Outgoing> end(long position) {
        List<Outgoing> records = new ArrayList<>();
        for (ConsentLedger.Entry entry : ledger.end(position)) {
            boolean gone = entry.said().isEmpty();
            records.add(new Outgoing(
                    config.topic(),
                    ConsentRecord.key(database, entry.name()),
                    gone ? null : Schema.STRING_SCHEMA,
                    gone ? null : ConsentRecord.text(database, entry),
                    null,
                    null));
        }
        return records;
    }

    private Activity erasure(Change change, List<ActorName> known, int ordinal) {
        List<String> stored = known.stream()
                .filter(name -> name.key() != null || known.size() == 1)
                .map(ActorName::text)
                .toList();
        Change.Origin origin = change.origin();
        Activity.Source source = new Activity.Source(
                origin.database(), change.table(), change.kind().word(), origin.position(), origin.transaction());
        return ActorErased.of(ActivityId.of(change, ActorErased.TYPE, ordinal), stored, change.occurredAt(), source);
    }

    /** Neighbours are mostly of one actor. */
    private List<ActorName> names(String actor) {
        Named last = lastNamed;
        if (!actor.equals(last.actor)) {
            last = new Named(actor, names.apply(actor));
            lastNamed = last;
        }
        return last.names;
    }
}

package io.towpath.capture.consent;

import io.towpath.capture.config.ConsentConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Who had allowed what, at any position from which the log can still be read.
 *
 * <p>Always: (A) a decision is a function of the log alone: it takes what was committed before the transaction of the
 * activity, and what that transaction itself said before; a replay from any kept position decides the same; (B) where
 * that is no longer known, it denies; (C) what a transaction says is kept once it has ended, never before.
 *
 * <pre>
 * log   | opt-out | activity | opt-in | activity |
 *       E1        ▲          E2       ▲
 *          behind E1: denied       behind E2: allowed, whatever is known of later positions
 * </pre>
 *
 * <p>Used by its database's reader thread alone, but for {@link #floor(long)} and {@link #size}.
 */
public final class ConsentLedger {

    /** Most records of settled actors that one unit carries. */
    private static final int AT_ONCE = 1_000;

    private final ConsentConfig config;
    private final Map<String, Map<String, Statements>> actors = new HashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Map<String, Entry> unplaced = new HashMap<>();
    private final Map<String, Entry> settled = new LinkedHashMap<>();
    /** Older names that actors have left; said again with each word, for the unit that said it first may be lost. */
    private final Set<String> left = new HashSet<>();

    private String log;
    private volatile long floor = Long.MIN_VALUE;
    private volatile int size;
    private long behind;

    /**
     * What is stored of one actor.
     *
     * @param log identity of the log that the positions belong to; null where it is not known
     * @param said by category; empty where the record is to go
     */
    record Entry(ActorName name, String log, Map<String, Statements> said) {}

    private record Pending(List<ActorName> names, Map<String, Statement> said) {}

    /** @param known what earlier tasks have stored */
    ConsentLedger(ConsentConfig config, List<Entry> known) {
        this.config = config;
        known.forEach(entry -> {
            actors.put(entry.name().text(), entry.said());
            unplaced.put(entry.name().text(), entry);
        });
        bound();
    }

    /** Sets the oldest position from which the log can be read again. */
    public void floor(long position) {
        floor = position;
    }

    /** How many actors are kept. */
    public int size() {
        return size;
    }

    /**
     * Reading begins. What was said in another log than {@code id}, or behind the {@code end} of this one, was said before
     * a server was restored, moved or had its log begun anew: nothing of it lies ahead, so each actor's last word holds.
     */
    void opened(String id, long end) {
        actors.replaceAll((name, said) -> {
            Entry stored = unplaced.get(name);
            String of = stored == null ? log : stored.log();
            Map<String, Statements> placed = placed(said, of == null || of.equals(id) ? end : Long.MIN_VALUE);
            if (stored != null && !placed.equals(said)) {
                settled.put(name, new Entry(stored.name(), id, placed));
            }
            return placed;
        });
        unplaced.clear();
        log = id;
    }

    private static Map<String, Statements> placed(Map<String, Statements> said, long end) {
        Map<String, Statements> placed = new HashMap<>(said);
        placed.replaceAll((category, statements) -> statements.goesBeyond(end) ? statements.settled() : statements);
        return placed.equals(said) ? said : Map.copyOf(placed);
    }

    /** What follows was committed in one transaction, or is a message alone, behind {@code position}. */
    void begin(long position) {
        pending.clear();
        behind = position;
    }

    /** One more word, in this transaction. */
    void say(List<ActorName> names, String category, Verdict verdict, Instant changedAt) {
        pending.computeIfAbsent(names.get(0).text(), text -> new Pending(names, new LinkedHashMap<>()))
                .said()
                .put(category, new Statement(behind, verdict, changedAt));
    }

    /** @param names of the actor; empty where the activity has none */
    Decision decide(List<ActorName> names, String category) {
        if (names.isEmpty()) {
            return new Decision(config.allowUnknown() ? Reason.ALLOWED_BY_DEFAULT : Reason.NO_ACTOR, null);
        }
        Statement last = last(names, category);
        Verdict verdict = last == null ? Verdict.WITHDRAWN : last.verdict();
        return switch (verdict) {
            case ALLOWED -> new Decision(Reason.ALLOWED, last);
            case DENIED -> new Decision(Reason.OPTED_OUT, last);
            case FORGOTTEN -> new Decision(Reason.FORGOTTEN, last);
            case WITHDRAWN -> new Decision(config.allowUnknown() ? Reason.ALLOWED_BY_DEFAULT : Reason.UNKNOWN, last);
        };
    }

    /** The transaction has ended at {@code position}: what it said holds from there on, and is to be stored. */
    List<Entry> end(long position) {
        if (position < behind) {
            throw new ConnectException("the log goes back, from position " + behind + " to " + position
                    + ", and what actors allow is kept by position, wanted: gtid_strict_mode=ON on a MariaDB server");
        }
        pending.values().forEach(actor -> actor.names().forEach(name -> settled.remove(name.text())));
        List<Entry> changed =
                new ArrayList<>(settled.values().stream().limit(AT_ONCE).toList());
        changed.forEach(entry -> settled.remove(entry.name().text()));
        for (Pending actor : pending.values()) {
            Map<String, Statements> said = new HashMap<>();
            for (ActorName name : actor.names()) {
                Map<String, Statements> known = actors.remove(name.text());
                if (known != null) {
                    known.forEach(said::putIfAbsent);
                }
                boolean older = !name.equals(actor.names().get(0));
                if (older && (known != null || left.contains(name.text()))) {
                    left.add(name.text());
                    changed.add(new Entry(name, log, Map.of()));
                }
            }
            actor.said().forEach((category, statement) -> {
                Statement placed = new Statement(position, statement.verdict(), statement.changedAt());
                said.put(category, said.getOrDefault(category, Statements.NONE).with(placed, floor));
            });
            ActorName newest = actor.names().get(0);
            actors.put(newest.text(), Map.copyOf(said));
            changed.add(new Entry(newest, log, Map.copyOf(said)));
        }
        pending.clear();
        bound();
        return changed;
    }

    private Statement last(List<ActorName> names, String category) {
        Pending here = pending.get(names.get(0).text());
        if (here != null && here.said().containsKey(category)) {
            return here.said().get(category);
        }
        for (ActorName name : names) {
            Map<String, Statements> known = actors.get(name.text());
            if (known != null && known.containsKey(category)) {
                return known.get(category).at(behind);
            }
        }
        return null;
    }

    private void bound() {
        size = actors.size();
        if (size > config.maxActors()) {
            throw new ConfigException(ConsentConfig.MAX_ACTORS + ": more than " + config.maxActors()
                    + " actors have said something about consent, wanted: a larger number, and about 300 bytes of heap for"
                    + " each");
        }
    }
}

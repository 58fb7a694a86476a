package io.towpath.migration.config;

import io.towpath.migration.config.Switching.Applications;
import io.towpath.migration.config.Switching.Force;
import io.towpath.migration.config.Switching.Freezing;
import io.towpath.migration.config.Switching.Hooks;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the part {@code switch} of a migration.yaml. */
final class SwitchKeys {

    private static final String TIME = "[1-9]\\d{0,8}(ms|s|m)";
    private static final String TIME_WANTED = "a time such as 500ms, 120s or 2m";
    private static final Set<String> KEYS = Set.of(
            "freeze",
            "principals",
            "clients",
            "delivery.timeout",
            "quiet",
            "accept",
            "coverage",
            "connectors",
            "hooks");

    private SwitchKeys() {}

    static Switching read(Keys keys) {
        keys.onlyKnown(KEYS::contains, "one of " + String.join(", ", new TreeSet<>(KEYS)));
        Freezing freezing = freezing(keys);
        Set<String> accepted = Set.copyOf(keys.list(
                "accept",
                Switching::acceptable,
                "one of " + String.join(", ", new TreeSet<>(Switching.ACCEPTABLE))
                        + ", or a finding in the words of the proof"));
        String coverage =
                keys.text("coverage", "100", v -> v.matches("100|\\d{1,2}(\\.\\d+)?"), "a percentage up to 100");
        return new Switching(
                freezing,
                accepted,
                coverage.isEmpty() ? 100 : Double.parseDouble(coverage),
                applications(keys.below("connectors", false)),
                hooks(keys.below("hooks", false)));
    }

    private static Freezing freezing(Keys keys) {
        String force = keys.text("freeze", "evidence", v -> v.matches("evidence|acl|quota"), "evidence, acl or quota");
        List<String> principals = keys.list(
                "principals",
                v -> v.matches("User:[^*]\\S*"),
                "User:name; User:* would stop the flow that brings the records home");
        List<String> clients = keys.list("clients", v -> !v.isBlank(), "client ids");
        if (force.equals("acl") && principals.isEmpty()) {
            keys.mistake("principals", "nothing given", "the principals that write, for freeze: acl");
        }
        if (force.equals("quota") && principals.isEmpty() && clients.isEmpty()) {
            keys.mistake("clients", "nothing given", "the client ids or principals that write, for freeze: quota");
        }
        Duration timeout = time(keys, "delivery.timeout", Duration.ofMinutes(2));
        Duration quiet = time(keys, "quiet", timeout.plusSeconds(1));
        if (force.equals("evidence") && quiet.compareTo(timeout) <= 0) {
            keys.mistake(
                    "quiet",
                    quiet.toMillis() + " ms given",
                    "more than delivery.timeout (" + timeout.toMillis() + " ms): until then a writer may try again");
        }
        return new Freezing(
                force.isEmpty() ? Force.EVIDENCE : Force.valueOf(force.toUpperCase(Locale.ROOT)),
                principals,
                clients,
                timeout,
                quiet);
    }

    private static Applications applications(Keys keys) {
        keys.onlyKnown(Set.of("source", "target", "move", "set")::contains, "source, target, move or set");
        URI source = url(keys, "source");
        URI target = url(keys, "target");
        List<String> names = keys.list("move", v -> !v.isBlank(), "names of connectors");
        if (!names.isEmpty() && (source == null || target == null)) {
            keys.mistake(source == null ? "source" : "target", "nothing given", "http://host:port of a Connect worker");
        }
        Keys set = keys.below("set", false);
        set.onlyKnown(Set.of("source", "target")::contains, "source or target");
        Map<String, Map<String, String>> sides = new HashMap<>();
        for (String side : List.of("source", "target")) {
            Keys entries = set.below(side, false);
            Map<String, String> values = new TreeMap<>();
            entries.names().forEach(key -> values.put(key, entries.text(key, v -> true, "a value")));
            sides.put(side, values);
        }
        return new Applications(source, target, names, sides);
    }

    private static URI url(Keys keys, String key) {
        String url = keys.text(key, "", v -> v.matches("https?://\\S+"), "http://host:port of a Connect worker");
        return url.isEmpty() ? null : URI.create(url);
    }

    private static Hooks hooks(Keys keys) {
        keys.onlyKnown(
                key -> key.equals("limit") || Hooks.MOMENTS.contains(key),
                "limit, or one of " + String.join(", ", new TreeSet<>(Hooks.MOMENTS)));
        Map<String, String> commands = new TreeMap<>();
        for (String moment : keys.names()) {
            if (Hooks.MOMENTS.contains(moment)) {
                commands.put(moment, keys.text(moment, v -> !v.isBlank(), "a command"));
            }
        }
        return new Hooks(commands, time(keys, "limit", Duration.ofMinutes(1)));
    }

    private static Duration time(Keys keys, String key, Duration otherwise) {
        String text = keys.text(key, otherwise.toMillis() + "ms", v -> v.matches(TIME), TIME_WANTED);
        if (text.isEmpty()) {
            return otherwise;
        }
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return text.endsWith("ms")
                ? Duration.ofMillis(number)
                : text.endsWith("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
    }
}

package io.towpath.mm2.lint;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Rules about the worker that a flow runs on. */
final class WorkerRules {

    private static final List<String> CLIENTS = List.of("producer", "admin", "consumer");

    private static final Pattern SECRET_KEY =
            Pattern.compile(".*(password|secret|sasl\\.jaas\\.config|ssl\\..*\\.key)");

    /** Anything but a place; of a login module only what it calls password. */
    private static final Pattern SECRET = Pattern.compile(
            "^(?!\\$\\{)(?!.*(LoginModule)).+|(password|clientSecret)\\s*=\\s*[\"'](?!\\$\\{)", Pattern.DOTALL);

    static final List<Rule> ALL = List.of(
            Rule.ofSource(
                    "overrides-differ",
                    "A flow that writes to another cluster than its worker's needs producer, admin AND consumer pointed"
                            + " there. Without the consumer's, setting offsets answers 200 and reads back nothing every"
                            + " second time (3 of 6), and mirrored records were copied back. (Tried on 4.3.1.)",
                    "producer., admin. and consumer.override.bootstrap.servers, all equal to the target's",
                    WorkerRules::overrides),
            new Rule(
                    "shared-offsets-topic",
                    "A flow that writes elsewhere but keeps its worker's offsets topic takes that name on the other"
                            + " cluster, where another worker, or another flow, may use it.",
                    "an offsets.storage.topic of the flow's own",
                    WorkerRules::offsets),
            Rule.ofSource(
                    "not-exactly-once",
                    "Without it a task that restarts copies again what it had not yet recorded: duplicates on every"
                            + " rebalance and crash.",
                    "exactly.once.support=required, on workers with exactly.once.source.support=enabled",
                    (flow, found) -> {
                        if (!flow.is("exactly.once.support", "required")) {
                            found.at(
                                    flow,
                                    "exactly.once.support",
                                    DataRules.given(flow, "exactly.once.support") + "; wanted: required");
                        }
                    }),
            new Rule(
                    "secret-in-clear",
                    "A connector's configuration is shown to everyone who may ask the worker (GET /connectors/NAME) and"
                            + " kept in its configs topic: a password in it is everybody's.",
                    "${file:…:…}, ${env:…} or ${dir:…}: the worker fills it in, and shows the place only",
                    (flows, found) -> flows.forEach(flow -> flow.config().forEach((key, value) -> {
                        if (SECRET_KEY.matcher(key).matches()
                                && SECRET.matcher(value).find()) {
                            found.at(flow, key, "a secret given; wanted: the place where it is kept, as ${file:…}");
                        }
                    }))),
            new Rule(
                    "checkpoint-refused",
                    "The checkpoint and the heartbeat connector do not know the question that exactly.once.support="
                            + "required asks, and are refused: no position is ever translated. In"
                            + " connect-mirror-maker.properties the key reaches all three. (Tried on 4.3.1.)",
                    "exactly.once.support for MirrorSourceConnector only; in dedicated mode"
                            + " TARGET.exactly.once.source.support=enabled says enough",
                    (flows, found) -> flows.stream()
                            .filter(Flow::isCheckpoint)
                            .filter(flow -> flow.is("exactly.once.support", "required"))
                            .forEach(flow ->
                                    found.at(flow, "exactly.once.support", "required given; wanted: nothing here"))));

    private WorkerRules() {}

    private static void offsets(List<Flow> flows, Rule.Found found) {
        List<Flow> elsewhere = flows.stream()
                .filter(flow -> flow.isSource() && flow.has("producer.override.bootstrap.servers"))
                .toList();
        for (Flow flow : elsewhere) {
            String topic = flow.get("offsets.storage.topic", "");
            boolean shared = elsewhere.stream()
                    .anyMatch(other -> !other.equals(flow)
                            && other.is("offsets.storage.topic", topic)
                            && other.is(
                                    "producer.override.bootstrap.servers",
                                    flow.get("producer.override.bootstrap.servers", "")));
            if (topic.isEmpty() || topic.equals("connect-offsets") || shared) {
                found.at(
                        flow,
                        "offsets.storage.topic",
                        DataRules.given(flow, "offsets.storage.topic") + (shared ? " in another flow too" : "")
                                + "; wanted: a name of its own");
            }
        }
    }

    private static void overrides(Flow flow, Rule.Found found) {
        Set<String> addresses = new TreeSet<>();
        CLIENTS.forEach(client -> addresses.add(flow.get(client + ".override.bootstrap.servers", "")));
        if (addresses.equals(Set.of(""))) {
            return;
        }
        String target = flow.get("target.cluster.bootstrap.servers", "");
        for (String client : CLIENTS) {
            String key = client + ".override.bootstrap.servers";
            if (!flow.get(key, "").equals(target)) {
                found.at(
                        flow,
                        key,
                        DataRules.given(flow, key) + "; wanted: " + target + " as in target.cluster.bootstrap.servers");
            }
        }
    }
}

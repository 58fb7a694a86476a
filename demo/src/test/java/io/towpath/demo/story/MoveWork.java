package io.towpath.demo.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.demo.stack.Admission;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.KafkaCluster;
import io.towpath.local.Login;
import io.towpath.migration.access.Right;
import io.towpath.migration.access.Role;
import io.towpath.migration.config.MigrationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code plan} and {@code switch} are for, done once more on a migration of their own, in which each of their rights
 * has something to do: a topic that the target lacks, one that differs there, a quota, an ACL, a group, writers that are
 * denied, and a transaction that is left open.
 */
final class MoveWork {

    private static final String NAME = "least";

    private final TwoClusters servers;
    private final Path directory;
    private final MoveGround ground;
    private final Map<String, Set<String>> told = new HashMap<>();

    MoveWork(TwoClusters servers, Path directory) {
        this.servers = servers;
        this.directory = directory;
        this.ground = new MoveGround(servers);
    }

    /** What the role's user must be allowed, on either side, for this migration: nothing that is for an option alone. */
    List<Right> rights(Role role) {
        Role.Given given = new Role.Given(TwoClusters.WORKER, null, MigrationFile.read(file(role)), List.of(), null);
        return role.rights(given).stream()
                .filter(right -> !right.why().startsWith("with "))
                .toList();
    }

    /** Topics, group and writers are there, and the role's user has its rights; for a switch the flow runs. */
    void prepare(Role role) {
        write(role);
        ground.prepare();
        allow(servers.dc1(), role, Right.On.SOURCE);
        allow(servers.dc2(), role, Right.On.TARGET);
        if (role == Role.PLAN) {
            MoveGround.TOPICS.forEach(smaller -> {
                ground.resetTarget(smaller);
                told.put(smaller, plan());
            });
        } else {
            ground.resetTarget("grown");
            TowpathCommand.must("plan", "-f", file(Role.PLAN).toString(), "--apply", "--leave", "acls");
            TowpathCommand.must("mirror", "-f", file(role).toString(), "--watch", "--until-copied");
        }
    }

    private void allow(KafkaCluster cluster, Role role, Right.On side) {
        try (Admission admin = new Admission(cluster)) {
            admin.allow(
                    role.toString(),
                    rights(role).stream().filter(right -> right.on() == side).toList());
        }
    }

    /** A plan says all that there is to say, makes it, and has nothing left to make; each topic once lacks, once differs. */
    boolean plans() {
        return MoveGround.TOPICS.stream().allMatch(this::plans);
    }

    private boolean plans(String smaller) {
        ground.resetTarget(smaller);
        return plan().equals(told.get(smaller))
                && command("plan", Role.PLAN, "--apply").exitCode() == 0
                && command("plan", Role.PLAN).exitCode() == 0;
    }

    /** Every finding of a plan, without what changes from one look to the next; its refusal otherwise. */
    private Set<String> plan() {
        TowpathCommand plan = command("plan", Role.PLAN, "--json");
        int end = plan.output().lastIndexOf('}');
        if (!plan.output().startsWith("{")) {
            return Set.of(plan.output());
        }
        try {
            JsonNode json = new ObjectMapper().readTree(plan.output().substring(0, end + 1));
            Set<String> all = new TreeSet<>();
            json.path("whoMustMove")
                    .forEach(mover -> all.add(mover.path("kind").asText() + " "
                            + mover.path("name").asText()));
            json.path("changes").forEach(change -> all.add(change.path("text").asText()));
            json.path("remarks").forEach(remark -> all.add(remark.asText()));
            json.path("notAsked").forEach(words -> all.add(words.asText()));
            json.path("capacity")
                    .path("topics")
                    .forEach(topic -> all.add("size of " + topic.path("topic").asText()));
            all.removeIf(line -> line.contains("User:plan ")); // its own ACLs, of which each run lacks another
            return all;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(plan.output(), e);
        }
    }

    /** A transaction that is open on either side is named before anything is switched. */
    boolean looks() {
        return ground.withOpenTransaction(servers.dc1(), () -> names(command("cutover", Role.SWITCH, "--timeout", "2")))
                && switched("cutover")
                && ground.withOpenTransaction(
                        servers.dc2(), () -> names(command("rollback", Role.SWITCH, "--timeout", "2")));
    }

    private static boolean names(TowpathCommand command) {
        return command.output().contains("transaction " + MoveGround.LATE + " is not ended");
    }

    /** There and back, the group with it. */
    boolean switches() {
        return switched("cutover") && switched("rollback");
    }

    /** There for good: nothing comes after it. */
    boolean finishes() {
        return switched("cutover") && switched("finish");
    }

    private boolean switched(String verb) {
        return command(verb, Role.SWITCH, "--timeout", "15").exitCode() == 0;
    }

    /** Back where it began, whatever was left half-way; the opposite flow and its positions are made anew next time. */
    void goHome() {
        if (!switched("rollback")) {
            switched("cutover"); // goes on, or back to the end
            TowpathCommand.must("rollback", "-f", file(Role.SWITCH).toString());
        }
        ground.forgetTheWayBack(NAME + "-back");
    }

    private TowpathCommand command(String command, Role role, String... options) {
        List<String> words = new ArrayList<>(List.of(command, "-f", file(role).toString()));
        words.addAll(List.of(options));
        return TowpathCommand.run(words.toArray(String[]::new));
    }

    private Path file(Role role) {
        return directory.resolve(NAME + "-" + role + ".yaml");
    }

    private void write(Role role) {
        String text = """
                name: %s
                source:
                  alias: dc1
                  %s
                target:
                  alias: dc2
                  %s
                connect: {url: "%s"}
                topics: [%s]
                groups: [%s]
                switch: {freeze: acl, principals: ["User:%s"], quiet: 500ms}
                """.formatted(
                        NAME,
                        yaml(servers.dc1().login(role.toString())),
                        yaml(servers.dc2().login(role.toString())),
                        servers.mirror().url(),
                        String.join(", ", MoveGround.TOPICS),
                        MoveGround.GROUP,
                        MoveGround.WRITER);
        try {
            Files.writeString(file(role), text);
        } catch (IOException e) {
            throw new IllegalStateException(file(role) + " cannot be written", e);
        }
    }

    private static String yaml(Login login) {
        return new TreeMap<>(login.references())
                .entrySet().stream()
                        .map(key -> key.getKey() + ": '" + key.getValue() + "'")
                        .collect(Collectors.joining("\n  "));
    }
}

package io.towpath.demo.story;

import io.towpath.demo.stack.Admission;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.migration.access.Right;
import io.towpath.migration.access.Right.On;
import io.towpath.migration.access.Role;
import io.towpath.migration.config.MigrationFile;
import io.towpath.migration.connect.ConnectorFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who plays in the story on secured clusters: a user for each role, called like it, with exactly the rights that
 * {@code towpath acls ROLE} prints for the story's own files.
 */
final class Cast {

    private final Map<Role, List<Right>> rights = new LinkedHashMap<>();

    /**
     * The cast of these files.
     *
     * @param capture the capture connector
     * @param sink the sink
     * @param migration the migration
     */
    Cast(Path capture, Path sink, Path migration) {
        add(Role.CAPTURE, given(ConnectorFile.read(capture), null));
        add(Role.SINK, given(ConnectorFile.read(sink), null));
        add(Role.READER, given(null, null));
        for (Role role : List.of(Role.PLAN, Role.MIRROR, Role.VERIFY, Role.SWITCH)) {
            add(role, given(null, migration));
        }
    }

    private static Role.Given given(ConnectorFile connector, Path migration) {
        return new Role.Given(
                TwoClusters.WORKER,
                connector,
                migration == null ? null : MigrationFile.read(migration),
                List.of(Story.TOPIC),
                null);
    }

    private void add(Role role, Role.Given given) {
        rights.put(role, role.rights(given));
    }

    /** What each user may do on a side of the migration: on the source also what applications do there. */
    Map<Role, List<Right>> on(On side) {
        Map<Role, List<Right>> there = new LinkedHashMap<>();
        rights.forEach((role, all) -> {
            boolean also = side == On.SOURCE || role == Role.READER;
            there.put(
                    role,
                    all.stream()
                            .filter(right -> right.on() == side || (also && right.on() == On.CLUSTER))
                            .toList());
        });
        return there;
    }

    /** Lets all of them in, on both clusters. */
    void enter(TwoClusters servers) {
        try (Admission dc1 = new Admission(servers.dc1());
                Admission dc2 = new Admission(servers.dc2())) {
            on(On.SOURCE).forEach((role, all) -> dc1.allow(role.toString(), all));
            on(On.TARGET).forEach((role, all) -> dc2.allow(role.toString(), all));
        }
    }
}

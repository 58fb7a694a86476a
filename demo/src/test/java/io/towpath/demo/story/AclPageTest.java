package io.towpath.demo.story;

import io.towpath.demo.docs.WrittenPage;
import io.towpath.demo.stack.TwoClusters;
import io.towpath.migration.access.ConnectRights;
import io.towpath.migration.access.Right;
import io.towpath.migration.access.Right.On;
import io.towpath.migration.access.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/acls.md}: what the demo's users may do, written from what it sets. */
class AclPageTest {

    private static final Path PAGE = Path.of(System.getProperty("towpath.home"), "docs", "acls.md");

    @TempDir
    private Path directory;

    @Test
    void thePageIsWhatTheDemoSets() throws IOException {
        String wanted = page();
        WrittenPage.assertIs(PAGE, wanted);
    }

    private String page() throws IOException {
        Settings settings = new Settings(directory, Map.of());
        String login = "bootstrap.servers: 'one:1'";
        Path migration = settings.write(
                "migration.yaml",
                "migration.yaml",
                Map.of("dc1.login", login, "dc2.login", login, "dc2.connect", "http://dc2:8083"));
        Cast cast = new Cast(settings.write("capture.json"), settings.write("sink.json"), migration);
        Map<Role, List<Right>> rights = new LinkedHashMap<>();
        rights.put(Role.WORKER, ConnectRights.worker(TwoClusters.WORKER));
        cast.on(On.SOURCE).forEach((role, all) -> rights.put(role, new ArrayList<>(all)));
        cast.on(On.TARGET)
                .forEach((role, all) ->
                        all.stream().filter(right -> right.on() == On.TARGET).forEach(rights.get(role)::add));
        StringBuilder page = new StringBuilder("""
                # What each role may do

                The users of `./towpath demo --secure` and their ACLs: what `towpath acls ROLE` prints for the demo's files. This page is
                written from what the demo sets; [security](security.md) says how to use it.

                | role | cluster | resource | operation | what for |
                |---|---|---|---|---|
                """);
        rights.forEach((role, all) -> all.forEach(right -> page.append(row(role, right))));
        return page.toString();
    }

    private static String row(Role role, Right right) {
        String prefixed = right.resource().patternType() == PatternType.PREFIXED ? "prefixed " : "";
        String kind =
                right.resource().resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "| " + role + " | " + right.on().name().toLowerCase(Locale.ROOT) + " | " + prefixed + kind + " `"
                + right.resource().name() + "` | " + right.operation() + " | " + right.why() + " |\n";
    }
}

package io.towpath.migration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AclsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aWorkersRightsNameWhatItsPropertiesName() throws IOException {
        String worker = write("worker.properties", "group.id=shop\nstatus.storage.topic=shop-state\n");
        CommandRun run = CommandRun.of("acls", "worker", "--worker", worker);
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("cluster +group +shop +READ")
                .containsPattern("cluster +transactional id +connect-cluster-shop +WRITE")
                .containsPattern("cluster +topic +shop-state +WRITE")
                .containsPattern("cluster +topic +connect-configs +READ");
    }

    @Test
    void commandsCanBeTyped() throws IOException {
        String capture = write("capture.json", """
                {"name": "shop", "config": {"topic": "deeds", "consent.table": "public.consent"}}""");
        CommandRun run = CommandRun.of("acls", "capture", "--connector", capture, "--commands", "--user", "cap");
        assertThat(run.out())
                .contains("kafka-acls.sh --bootstrap-server $CLUSTER --command-config admin.properties --add"
                        + " --allow-principal User:cap --operation Write --topic 'deeds'")
                .contains(
                        "--operation Write --transactional-id 'connect-cluster-shop-' --resource-pattern-type prefixed")
                .contains("--operation DescribeConfigs --topic 'towpath-shop-consent'");
    }

    @Test
    void aMigrationsRightsSayOnWhichSide() throws IOException {
        CommandRun run = CommandRun.of("acls", "verify", "-f", migration("[orders]"), "--json");
        JsonNode rights = new ObjectMapper().readTree(run.out());
        assertThat(rights).hasSize(4);
        assertThat(rights.get(0).path("cluster").asText()).isEqualTo("source");
        assertThat(rights.get(0).path("principal").asText()).isEqualTo("User:verify");
        assertThat(rights.findValuesAsText("name")).containsOnly("orders");
    }

    @Test
    void aSwitchMayDoWhatItsFlowsDoInBothDirectionsAndWhatItsFreezeTakes() throws IOException {
        String file = migration("[orders]");
        Files.writeString(Path.of(file), """
                groups: [billing]
                switch: {freeze: acl, principals: ["User:shop"]}
                """, StandardOpenOption.APPEND);
        assertThat(CommandRun.of("acls", "switch", "-f", file).out())
                .containsPattern("target +transactional id +connect-cluster-shop-forward-")
                .containsPattern("source +transactional id +connect-cluster-shop-back-")
                .containsPattern("source +topic +towpath-shop-back-offsets +CREATE")
                .containsPattern("source +group +billing +READ")
                .containsPattern("target +cluster +kafka-cluster +ALTER ");
        assertThat(CommandRun.of("acls", "switch", "-f", migration("[orders]")).out())
                .doesNotContain("kafka-cluster");
    }

    @Test
    void whatIsMissingIsAskedForByItsOption() throws IOException {
        assertThat(CommandRun.of("acls", "sink").err()).contains("--connector: nothing given; wanted by sink");
        assertThat(CommandRun.of("acls", "plan").err()).contains("-f: nothing given; wanted by plan");
        assertThat(CommandRun.of("acls", "reader").err()).contains("--topic: nothing given; wanted by reader");
        assertThat(CommandRun.of("acls", "verify", "-f", migration("[\"/shop.+/\"]"))
                        .err())
                .contains("topics: /shop.+/ given; wanted: names");
        assertThat(CommandRun.of("acls", "king").exit()).isEqualTo(1);
    }

    private String migration(String topics) throws IOException {
        return write("migration.yaml", """
                name: shop
                source: {alias: dc1, bootstrap.servers: "one:9092"}
                target: {alias: dc2, bootstrap.servers: "two:9092"}
                topics: %s
                """.formatted(topics));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}

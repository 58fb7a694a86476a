package io.towpath.mm2.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations as people publish them, their keys in their own forms: exactly these rules are broken. */
class PublishedTest {

    private static final Path CASES = Path.of("src/test/resources/lint");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka-sample.properties | exactly-once-isolation groups-left-out message-size not-exactly-once"
                        + " one-task replication-factor slow-refresh small-batches syncs-on-source timestamp-limits"
                        + " topics-of-others",
                "cloud-migration-lab.json | exactly-once-isolation header-converter ineffective-key message-size"
                        + " not-exactly-once overrides-differ secret-in-clear shared-offsets-topic small-batches syncs-on-source"
                        + " timestamp-limits topics-of-others",
                "excluded-by-an-old-name.json | exactly-once-isolation header-converter message-size not-exactly-once"
                        + " one-task removed-key replication-factor small-batches syncs-on-source timestamp-limits value-converter",
                "identity-by-playbook.properties | exactly-once-isolation group-sync-at-switch groups-left-out"
                        + " message-size not-exactly-once one-task replication-factor slow-refresh small-batches"
                        + " syncs-on-source timestamp-limits topics-of-others",
                "active-active.properties | exactly-once-isolation group-sync-at-switch groups-left-out"
                        + " identity-both-ways message-size not-exactly-once slow-refresh small-batches"
                        + " syncs-on-source timestamp-limits",
                "operator-disaster-recovery.yaml | exactly-once-isolation group-sync-at-switch groups-left-out"
                        + " message-size not-exactly-once one-task replication-factor small-batches syncs-on-source"
                        + " timestamp-limits topics-of-others",
                "operator-high-volume.yaml | exactly-once-isolation ineffective-key message-size not-exactly-once"
                        + " syncs-on-source timestamp-limits",
            })
    void aPublishedConfigurationBreaksTheseRules(String file, String rules) throws IOException {
        assertThat(broken(file)).isEqualTo(new TreeSet<>(Arrays.asList(rules.split(" "))));
    }

    @Test
    void aResourceMakesAFlowPerConnectorNamedAfterItsPair() throws IOException {
        String text = Files.readString(CASES.resolve("operator-disaster-recovery.yaml"));
        assertThat(FlowFile.parse("f", text))
                .extracting(Flow::name)
                .containsExactly(
                        "mm2-a-to-b cluster-a->cluster-b (source)", "mm2-a-to-b cluster-a->cluster-b (checkpoint)");
    }

    private static Set<String> broken(String file) throws IOException {
        return Linter.lint(FlowFile.parse(file, Files.readString(CASES.resolve(file)))).stream()
                .map(Hit::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

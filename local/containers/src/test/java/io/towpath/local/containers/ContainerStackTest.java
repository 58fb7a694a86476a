package io.towpath.local.containers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no engine. */
class ContainerStackTest {

    @TempDir
    private Path directory;

    @Test
    void whatIsHadEmbeddedOnlyIsRefusedInWords() {
        try (Stack stack = new ContainerStacks().open(directory, Tuning.QUICK_START)) {
            Stream.<ThrowingCallable>of(
                            () -> stack.securedKafka("dc1", 1, Map.of()),
                            () -> stack.zookeeperKafka("dc1", 1, Map.of()),
                            () -> stack.kafka("dc1", 1, Map.of("listeners", "${own},SASL_PLAINTEXT://127.0.0.1:9999")),
                            () -> stack.mirrorMaker("mm2", Map.of()),
                            () -> stack.mariadb("db"),
                            () -> stack.mysql("db"),
                            () -> stack.registry("registry"))
                    .forEach(call -> assertThatThrownBy(call)
                            .isInstanceOf(UnsupportedOperationException.class)
                            .hasMessageStartingWith("towpath.stack=containers given, and this needs ")
                            .hasMessageEndingWith("; wanted: towpath.stack=embedded"));
        }
    }
}

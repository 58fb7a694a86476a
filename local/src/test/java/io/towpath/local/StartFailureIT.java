package io.towpath.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureIT {

    @Test
    void aServerThatDoesNotStartShowsTheEndOfItsLog(@TempDir Path directory) {
        try (Stack stack = Stack.embedded(directory)) {
            assertThatThrownBy(() -> stack.kafka("dc1", 1, Map.of("log.retention.bytes", "much")))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("dc1-1 did not start: its process ended with exit code 1")
                    .hasMessageContaining("log.retention.bytes");
            assertThat(stack.servers()).extracting(Server::name).containsExactly("dc1-1");
            assertThat(stack.servers()).noneMatch(Server::alive);
        }
    }
}

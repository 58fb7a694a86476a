package io.towpath.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFolderTest {

    @TempDir
    Path directory;

    @Test
    void aServerKeepsItsPortOverStacks() {
        StackFolder first = StackFolder.lock(directory);
        int port = first.place("pg").port();
        assertThat(first.place("other").port()).isNotEqualTo(port);
        first.unlock();

        StackFolder second = StackFolder.lock(directory);
        assertThat(second.place("pg").port()).isEqualTo(port);
        second.unlock();
    }

    @Test
    void aDirectoryHoldsOneStackAtATime() {
        StackFolder first = StackFolder.lock(directory);
        assertThatThrownBy(() -> StackFolder.lock(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is in use by another stack");
        first.unlock();
    }

    @Test
    void aNameThatIsNoFileNameIsRefused() {
        StackFolder folder = StackFolder.lock(directory);
        assertThatThrownBy(() -> folder.place("../pg"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("server name ../pg: wanted are a-z, 0-9 and dashes");
        folder.unlock();
    }

    @Test
    void replicasAreAsManyAsThereAreBrokersAndAtMostThree() {
        assertThat(BrokerConfig.common(1, directory)).containsEntry("default.replication.factor", "1");
        assertThat(BrokerConfig.common(2, directory)).containsEntry("default.replication.factor", "2");
        assertThat(BrokerConfig.common(5, directory))
                .containsEntry("default.replication.factor", "3")
                .containsEntry("min.insync.replicas", "2");
    }
}

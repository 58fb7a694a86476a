package io.towpath.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search itself: what it must find, and what it may pass over. */
class LeaksTest {

    private final Leaks leaks = new Leaks(Map.of("dc1/sink.properties password", "s3-cret_"));

    @TempDir
    private Path folder;

    @Test
    void aPasswordAndEachPersonalValueIsFoundAndNotRepeated() {
        assertThat(leaks.search("a log", "… password=\"s3-cret_\"; …"))
                .containsExactly("the password of dc1/sink.properties password in a log");
        assertThat(leaks.search("a topic", "{\"email\":\"4000000017@example.org\"}"))
                .containsExactly("an e-mail address in a topic");
        assertThat(leaks.search("a report", "Customer 3004 at 10.0.0.7"))
                .containsExactlyInAnyOrder("a name in a report", "an IP address in a report");
        assertThat(leaks.found()).hasSize(4).noneMatch(found -> found.contains("s3-cret_"));
    }

    @Test
    void aNetworkAndAReferenceMayBeTold() {
        assertThat(leaks.search("a topic", "{\"ip\":\"10.0.0.0\"} ${file:/secrets/sink.properties:password}"))
                .isEmpty();
    }

    @Test
    void everyFileIsSearchedButThoseHeldBack() throws IOException {
        Path secret = Files.writeString(folder.resolve("sink.properties"), "password=s3-cret_\n");
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs").resolve("a.log"), "s3-cret_");
        assertThat(leaks.searchFiles(folder, List.of(secret))).isEqualTo(1);
        assertThat(leaks.found()).singleElement().asString().endsWith("in file logs/a.log");
        assertThat(Leaks.secrets(List.of(secret))).containsValue("s3-cret_");
    }
}

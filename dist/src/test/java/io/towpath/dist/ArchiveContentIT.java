package io.towpath.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What stands in an archive, and what must not. */
class ArchiveContentIT {

    static final List<String> PLUGINS = Archives.PLUGINS;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @FieldSource("PLUGINS")
    void aPluginHasTheLayoutThatConnectUsersKnow(String name) throws IOException {
        Path root = Archives.unpack(Archives.plugin(name), directory);
        assertThat(Archives.files(root))
                .contains("manifest.json", "doc/LICENSE", "doc/THIRD-PARTY.txt", "doc/sbom.json")
                .anyMatch(file -> file.matches("lib/towpath-" + name + "-.+\\.jar"))
                .anyMatch(file -> file.matches("etc/.+\\.json"))
                .allMatch(file -> file.matches("(manifest\\.json|(lib|doc|etc|delegates)/.+)"));
        JsonNode manifest = JSON.readTree(root.resolve("manifest.json").toFile());
        assertThat(manifest.get("name").asText()).isEqualTo("towpath-" + name);
        assertThat(root.getFileName().toString())
                .isEqualTo("towpath-" + name + "-" + manifest.get("version").asText());
        assertThat(manifest.get("component_types")).isNotEmpty();
    }

    @ParameterizedTest
    @FieldSource("PLUGINS")
    void noJarOfTheWorkerAndNoDriverUnderTheGplIsInside(String name) {
        Path root = Archives.unpack(Archives.plugin(name), directory);
        assertThat(Archives.files(root))
                .noneMatch(file -> file.matches(".*/(kafka|connect|slf4j|log4j|logback|mysql-connector)-[^/]+"));
    }

    @ParameterizedTest
    @FieldSource("PLUGINS")
    void everyLibraryInsideIsInTheListOfComponents(String name) throws IOException {
        Path root = Archives.unpack(Archives.plugin(name), directory);
        List<String> named = named(root);
        // What workers before 4.1 lack has its licence inside.
        assertThat(Archives.files(root).stream()
                        .filter(file -> file.matches("(lib|delegates)/.+"))
                        .map(file -> file.replaceAll("^[^/]+/(.+)\\.(jar|delegate)$", "$1"))
                        .filter(file -> !file.startsWith("towpath-" + name))
                        .filter(file -> !file.equals("towpath-connect-before-4.1")))
                .allMatch(named::contains);
    }

    /** {@code artifact-version} of each component. */
    private static List<String> named(Path root) throws IOException {
        JsonNode components =
                JSON.readTree(root.resolve("doc/sbom.json").toFile()).get("components");
        return components.findValues("purl").stream()
                .map(purl -> purl.asText().replaceAll("^pkg:maven/[^/]+/([^@]+)@([^?]+).*$", "$1-$2"))
                .toList();
    }

    /** What makes two builds of the same sources the same bytes: nothing in an archive knows when or by whom it was made. */
    @ParameterizedTest
    @FieldSource("PLUGINS")
    void everyEntryIsAsOldAsTheBuildSays(String name) throws IOException {
        Path root = Archives.unpack(Archives.plugin(name), directory);
        assertSettled(Archives.plugin(name));
        List<String> ours = Archives.files(root).stream()
                .filter(file -> file.matches("(lib|delegates)/towpath-[^/]+\\.(jar|delegate)"))
                .toList();
        assertThat(ours).isNotEmpty();
        for (String jar : ours) {
            assertSettled(root.resolve(jar));
        }
    }

    private static void assertSettled(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getTimeLocal).distinct())
                    .as("times in %s", archive.getFileName())
                    .containsExactly(LocalDateTime.parse("2026-01-01T00:00:00"));
            List<String> manifest = Optional.ofNullable(zip.getEntry("META-INF/MANIFEST.MF")).stream()
                    .map(entry -> text(zip, entry))
                    .toList();
            assertThat(manifest).noneMatch(text -> text.contains("Built-By") || text.contains("Build-Jdk:"));
        }
    }

    private static String text(ZipFile zip, ZipEntry entry) {
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theJobHasItsLicencesAndItsListOfComponents() throws IOException {
        Path root = Archives.unpack(Archives.job(), directory);
        assertThat(Archives.files(root)).contains("doc/LICENSE", "doc/THIRD-PARTY.txt", "doc/sbom.json", "bin/towpath");
        List<String> named = named(root);
        assertThat(Archives.files(root).stream()
                        .filter(file -> file.startsWith("lib/") && !file.startsWith("lib/towpath-"))
                        .map(file -> file.replaceAll("^lib/(.+)\\.jar$", "$1")))
                .isNotEmpty()
                .allMatch(named::contains);
    }

    @Test
    void theJobRunsWhereThereIsJavaAndNothingElse() throws IOException {
        Path root = Archives.unpack(Archives.job(), directory);
        assertThat(towpath(root, "--version").text()).contains("0.1.0");
        Files.writeString(
                root.resolve("flow.json"),
                "{\"connector.class\": \"org.apache.kafka.connect.mirror.MirrorSourceConnector\", \"tasks.max\":"
                        + " \"1\"}");
        Output linted = towpath(root, "mm2", "lint", "flow.json");
        assertThat(linted.exitCode()).as(linted.text()).isEqualTo(2);
        assertThat(linted.text()).contains("one-task");
        assertThat(towpath(root, "no-such-command").exitCode()).isEqualTo(1);
        Files.writeString(
                root.resolve("capture.json"),
                "{\"connector.class\": \"io.towpath.capture.ActivityCaptureConnector\", \"databases\": \"shop\","
                        + "\"transaction.boundary\": \"connector\", \"databases.shop.hostname\": \"127.0.0.1\","
                        + "\"databases.shop.port\": 1, \"databases.shop.user\": \"u\", \"rules\": \"r\","
                        + "\"rules.r.table\": \"public.t\", \"rules.r.type\": \"t\"}");
        Output tried = towpath(root, "rules", "try", "-f", "capture.json");
        assertThat(tried.exitCode()).as(tried.text()).isEqualTo(1);
        assertThat(tried.text()).contains("databases.shop.hostname: ");
    }

    private static Output towpath(Path root, String... arguments) throws IOException {
        Path bin = Files.createDirectories(root.resolveSibling("path"));
        for (String tool : List.of("dirname", "readlink")) {
            Path link = bin.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of("/usr/bin", tool));
            }
        }
        String[] command = new String[arguments.length + 4];
        command[0] = "/usr/bin/env";
        command[1] = "PATH=" + bin;
        command[2] = "JAVA_HOME=" + System.getProperty("java.home");
        command[3] = "bin/towpath";
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return Output.of(root, command);
    }
}

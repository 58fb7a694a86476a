package io.towpath.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.migration.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path directory;

    @Test
    void aFileAndADirectoryAreReadAsAWorkerReadsThem() throws IOException {
        Path file = Files.writeString(directory.resolve("secrets.properties"), "shop=s3cret\n");
        Files.writeString(directory.resolve("crm"), "other");
        assertThat(Secrets.usual()
                        .resolve(Map.of(
                                "a", "${file:" + file + ":shop}",
                                "b", "x-${directory:" + directory + ":crm}",
                                "rules.placed.actor.id", "${customer_id}")))
                .isEqualTo(Map.of("a", "s3cret", "b", "x-other", "rules.placed.actor.id", "${customer_id}"));
    }

    @Test
    void aProviderThatNobodyConfiguredAndASecretThatIsNotThereAreNamedByTheirKey() throws IOException {
        Path file = Files.writeString(directory.resolve("secrets.properties"), "shop=s3cret\n");
        assertThatThrownBy(() -> Secrets.usual().resolve(Map.of("databases.shop.password", "${vault:db:shop}")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("databases.shop.password")
                .hasMessageContaining("'vault'")
                .hasMessageContaining("--worker");
        assertThatThrownBy(() -> Secrets.usual().resolve(Map.of("databases.shop.password", "${file:" + file + ":crm}")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("databases.shop.password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aWorkersPropertiesNameTheProvidersAndTheirParameters() throws IOException {
        Path inside = Files.createDirectory(directory.resolve("allowed"));
        Path file = Files.writeString(inside.resolve("secrets.properties"), "shop=s3cret\n");
        Path outside = Files.writeString(directory.resolve("outside.properties"), "shop=s3cret\n");
        Path worker = Files.writeString(
                directory.resolve("worker.properties"),
                "config.providers=f\n"
                        + "config.providers.f.class=org.apache.kafka.common.config.provider.FileConfigProvider\n"
                        + "config.providers.f.param.allowed.paths=" + inside + "\n");
        Secrets secrets = Secrets.ofWorker(worker);
        assertThat(secrets.resolve(Map.of("a", "${f:" + file + ":shop}"))).containsEntry("a", "s3cret");
        assertThatThrownBy(() -> secrets.resolve(Map.of("a", "${f:" + outside + ":shop}")))
                .isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> secrets.resolve(Map.of("a", "${file:" + file + ":shop}")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("'file'");
    }

    @Test
    void aProviderWhoseClassIsNotHereIsNamed() throws IOException {
        Path worker = Files.writeString(
                directory.resolve("worker.properties"),
                "config.providers=v\nconfig.providers.v.class=org.example.Vault\n");
        assertThatThrownBy(() -> Secrets.ofWorker(worker))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("config.providers.v.class");
    }
}

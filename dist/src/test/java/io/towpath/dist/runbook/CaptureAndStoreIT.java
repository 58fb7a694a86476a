package io.towpath.dist.runbook;

import static org.awaitility.Awaitility.await;

import io.towpath.dist.Archives;
import io.towpath.dist.Output;
import io.towpath.local.ConnectWorker;
import io.towpath.local.KafkaCluster;
import io.towpath.local.PostgresServer;
import io.towpath.local.Stack;
import io.towpath.local.WorkerSettings;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runbooks of capture and store, typed as they stand, one after the other, with the archives of this build. */
class CaptureAndStoreIT {

    @TempDir
    private Path directory;

    private Stack stack;
    private KafkaCluster kafka;
    private ConnectWorker worker;
    private PostgresServer postgres;
    private Path plugins;

    @BeforeEach
    void start() {
        stack = Stack.embedded(directory.resolve("stack"));
        kafka = stack.kafka("dc1", 1);
        postgres = stack.postgres("pg");
        plugins = Typist.folder(directory, "plugins");
        for (String name : new String[] {"shop", "crm", "warehouse"}) {
            postgres.createDatabase(name);
        }
    }

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    void fromAnEmptyWorkerToAnUpgrade() {
        Databases databases = new Databases(postgres);
        Typist typist = new Typist(Typist.folder(directory, "operator"))
                .databases(databases)
                .name("ARCHIVES", Archives.job().toAbsolutePath().getParent())
                .name("PLUGINS", plugins)
                .name("CONNECT", "not started yet")
                .name("BOOTSTRAP", kafka.bootstrapServers())
                .name("SECRETS", directory.resolve("secrets"))
                .name("SHOP_HOST", postgres.host())
                .name("SHOP_PORT", postgres.port())
                .name("SHOP_PASSWORD", "change-me")
                .name("CRM_HOST", postgres.host())
                .name("CRM_PORT", postgres.port())
                .name("CRM_PASSWORD", "change-me-too")
                .name("WAREHOUSE", postgres.jdbcUrl("warehouse"))
                .name("WAREHOUSE_USER", postgres.user())
                .name("WAREHOUSE_PASSWORD", postgres.password())
                .on("run", order -> databases.run(order.split(": ", 2)[0], order.split(": ", 2)[1]))
                .on("until", order -> until(databases, order))
                .on("failed", this::awaitFailed)
                .on("restart", order -> restart());
        typist.onProperties(block -> {
            worker = stack.connect("worker", kafka, settings(block));
            typist.name("CONNECT", worker.url());
        });
        typist.follow("install");
        typist.follow("capture-a-database");
        typist.follow("add-a-database");
        typist.follow("sink-recovery");
        typist.follow("upgrade");
    }

    /** A worker with the lines that the runbook gives. */
    private WorkerSettings settings(Block block) {
        WorkerSettings settings = WorkerSettings.of(plugins);
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(block.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String key : lines.stringPropertyNames()) {
            settings = settings.with(key, lines.getProperty(key));
        }
        return settings;
    }

    private static void until(Databases databases, String order) {
        String database = order.split(": ", 2)[0];
        String[] query = order.split(": ", 2)[1].split(" = ", 2);
        databases.until(database, query[0], query[1]);
    }

    private void awaitFailed(String connector) {
        String job = directory.resolve("operator/towpath-job/bin/towpath").toString();
        await(connector + " has failed")
                .atMost(Duration.ofMinutes(2))
                .until(() -> Output.of(
                                directory, job, "connect", "--url", worker.url().toString(), "status", connector)
                        .text()
                        .contains("failed: "));
    }

    private void restart() {
        worker.stop();
        worker.start();
        worker.awaitReady();
    }
}

package io.towpath.migration.it;

import static io.towpath.migration.it.SwitchIT.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.migration.cli.CommandRun;
import io.towpath.migration.cli.Exit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.junit.jupiter.api.Test;

/** Brokers without an authorizer: the listed clients are slowed down where they must be, and given back what they had. */
class QuotaFreezeIT {

    private static final ClientQuotaEntity SHOP = new ClientQuotaEntity(Map.of("client-id", "quota-shop"));
    private static final String QUOTA =
            "switch: {freeze: quota, clients: [quota-shop], delivery.timeout: 500ms, quiet: 700ms}\n";

    @Test
    void theSideThatIsLeftStaysSlowAndTheOtherHasItsQuotaBack() throws Exception {
        TwoClusters clusters = TwoClusters.shared();
        String one = clusters.dc1.bootstrapServers();
        String two = clusters.dc2.bootstrapServers();
        try (Writer writer = new Writer(one)) {
            writer.topic("quota", 1, Map.of());
            writer.topic("quota-second", 1, Map.of());
        }
        Traffic traffic = new Traffic("quota", 1, 2);
        traffic.write(one, 40);
        allow(one, 5_000_000.0);
        String file = clusters.migrationWith(QUOTA, "quota", List.of("quota"));
        assertDone(CommandRun.of("plan", "-f", file, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", file));
        String second = clusters.migrationWith(QUOTA, "quota-second", List.of("quota-second"));
        assertDone(CommandRun.of("plan", "-f", second, "--apply"));
        assertDone(CommandRun.of("mirror", "-f", second));
        Double before = allowed(two);

        CommandRun there = CommandRun.of("cutover", "-f", file);
        assertDone(there);
        assertThat(there.out())
                .contains("a quota slows all that they write on dc1, other topics too")
                .contains("let client-id quota-shop write 1 byte/s on the source")
                .contains("and a quota of 1 byte/s, which slows a writer but does not stop it");
        assertThat(allowed(one)).isEqualTo(1.0);
        assertThat(allowed(two)).isEqualTo(before);

        CommandRun wave = CommandRun.of("cutover", "-f", second);
        assertThat(wave.exit()).isEqualTo(Exit.DIFFER);
        assertThat(wave.err()).contains("client-id quota-shop is held at 1 byte/s already on dc1");

        traffic.write(two, 20);
        assertDone(CommandRun.of("rollback", "-f", file));
        assertThat(allowed(one)).isEqualTo(5_000_000.0);
        CommandRun plan = CommandRun.of("plan", "-f", file, "--apply");
        assertThat(plan.lastLine()).as(plan.out()).isEqualTo("plan: 0 changes applied");
        assertThat(allowed(two)).isEqualTo(1.0);
        traffic.write(one, 20);
        assertDone(CommandRun.of("cutover", "-f", file));
        assertDone(CommandRun.of("finish", "-f", file));
        assertThat(allowed(one)).isEqualTo(5_000_000.0);
        assertThat(allowed(two)).isEqualTo(before);
        traffic.assertOnBothExactlyOnce(one, two);
    }

    private static void allow(String cluster, Double rate) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster))) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                            SHOP, List.of(new ClientQuotaAlteration.Op("producer_byte_rate", rate)))))
                    .all()
                    .get();
        }
    }

    /** Bytes a second that the shop may write; null when nothing limits it. */
    private static Double allowed(String cluster) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster))) {
            return admin.describeClientQuotas(ClientQuotaFilter.all())
                    .entities()
                    .get()
                    .getOrDefault(SHOP, Map.of())
                    .get("producer_byte_rate");
        }
    }
}

package io.towpath.capture.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.consent.ConsentLedger.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoredActorsTest {

    private static final ActorName ADA = new ActorName(null, "ada");

    @Test
    void whatWasSaidBeforeAndAfterAChangeOfTheKeyConverterIsOneActors() {
        for (int order = 0; order < 2; order++) {
            StoredActors stored = new StoredActors();
            ConsentRecord.Read allowed = read("1", new Statement(10, Verdict.ALLOWED, null));
            ConsentRecord.Read denied = read("1", new Statement(20, Verdict.DENIED, null));
            stored.put(bytes("shop/ada"), order == 0 ? allowed : denied, order == 0 ? 1 : 2);
            stored.put(bytes("\"shop/ada\""), order == 0 ? denied : allowed, order == 0 ? 2 : 1);

            List<Entry> actors = stored.byDatabase(Set.of("shop", "crm")).get("shop");

            assertThat(actors).singleElement().satisfies(actor -> {
                assertThat(actor.said().get("activity").at(15).verdict()).isEqualTo(Verdict.ALLOWED);
                assertThat(actor.said().get("activity").at(25).verdict()).isEqualTo(Verdict.DENIED);
            });
        }
    }

    @Test
    void ofTwoLogsTheLaterRecordCounts() {
        for (int later = 0; later < 2; later++) {
            StoredActors stored = new StoredActors();
            stored.put(bytes("a"), read("1", new Statement(500, Verdict.ALLOWED, null)), 1 - later);
            stored.put(bytes("b"), read("2", new Statement(20, Verdict.DENIED, null)), later);

            assertThat(stored.byDatabase(Set.of("shop")).get("shop"))
                    .extracting(Entry::log)
                    .containsExactly(later == 0 ? "1" : "2");
        }
    }

    @Test
    void aRemovedRecordIsGoneAndManyActorsStayApart() {
        StoredActors stored = new StoredActors();
        stored.put(bytes("a"), read("1", new Statement(10, Verdict.DENIED, null)), 1);
        stored.remove(bytes("a"));
        IntStream.range(0, 9)
                .forEach(i -> stored.put(
                        bytes("k" + i),
                        new ConsentRecord.Read("shop", new Entry(new ActorName(null, "a" + i), "1", Map.of())),
                        i));

        assertThat(stored.byDatabase(Set.of("shop")).get("shop")).hasSize(9);
    }

    private static ConsentRecord.Read read(String log, Statement statement) {
        return new ConsentRecord.Read(
                "shop", new Entry(ADA, log, Map.of("activity", Statements.of(List.of(statement)))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

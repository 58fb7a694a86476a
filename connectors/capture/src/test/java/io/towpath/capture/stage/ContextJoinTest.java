package io.towpath.capture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activity.Activity;
import io.towpath.activity.Change;
import io.towpath.activity.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContextJoinTest {

    private final ContextJoin join = new ContextJoin("ctx", "shop.said", List.of("actor", "request", "ip"));

    @Test
    void everyActivityOfTheTransactionGetsWhatWasSaid() {
        assertThat(join.takes(message("ctx", "9", "{\"actor\":\"eve\",\"request\":\"r\",\"secret\":1}")))
                .isTrue();

        Activity joined = join.join(activity("9", null, null));

        assertThat(joined.actor()).isEqualTo(new Activity.Actor("eve", null));
        assertThat(joined.context()).isEqualTo("{\"request\":\"r\"}");
    }

    @Test
    void whatTheRuleWroteStays() {
        join.takes(message("ctx", "9", "{\"actor\":\"eve\",\"request\":\"r\",\"ip\":\"192.0.2.7\"}"));

        Activity joined = join.join(activity("9", new Activity.Actor("7", "customer"), "{\"ip\":\"own\"}"));

        assertThat(joined.actor()).isEqualTo(new Activity.Actor("7", "customer"));
        assertThat(joined.context()).isEqualTo("{\"ip\":\"own\",\"request\":\"r\"}");
    }

    @Test
    void anotherTransactionGetsNothing() {
        join.takes(message("ctx", "9", "{\"actor\":\"eve\"}"));

        assertThat(join.join(activity("10", null, null)).actor()).isNull();
    }

    @Test
    void aMessageThatIsNoObjectGivesItsTransactionNoContext() {
        join.takes(message("ctx", "9", "{\"actor\":\"eve\"}"));

        assertThat(join.takes(message("ctx", "10", "not json"))).isTrue();
        assertThat(join.join(activity("9", null, null)).actor()).isNull();
        assertThat(join.join(activity("10", null, null)).actor()).isNull();
    }

    @Test
    void otherMessagesAreLeftToTheRules() {
        assertThat(join.takes(message("page-view", "9", "{}"))).isFalse();
    }

    @Test
    void aRowOfTheTableSaysItTooAndRemovingItTakesNothingBack() {
        assertThat(join.takes(row(Change.Kind.INSERT, Map.of("actor", "eve", "request", 5, "secret", 1))))
                .isTrue();
        assertThat(join.takes(row(Change.Kind.DELETE, Map.of()))).isTrue();

        Activity joined = join.join(activity("9", null, null));

        assertThat(joined.actor()).isEqualTo(new Activity.Actor("eve", null));
        assertThat(joined.context()).isEqualTo("{\"request\":\"5\"}");
    }

    @Test
    void anActorOfBytesIsNamedAsTheConsentTableNamesIt() {
        join.takes(row(Change.Kind.INSERT, Map.of("actor", ByteBuffer.wrap(new byte[] {1, 2, 3}))));

        assertThat(join.join(activity("9", null, null)).actor()).isEqualTo(new Activity.Actor("AQID", null));
    }

    private static Change row(Change.Kind kind, Map<String, Object> columns) {
        Change.Origin origin = new Change.Origin("sys", "shop", "9", "10", 1);
        return new Change(kind, "shop.said", null, null, null, Row.of(columns), null, Instant.EPOCH, origin);
    }

    private static Change message(String prefix, String transaction, String content) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        Change.Origin origin = new Change.Origin("sys", "shop", transaction, "10", 1);
        return new Change(Change.Kind.MESSAGE, null, prefix, null, null, null, bytes, Instant.EPOCH, origin);
    }

    private static Activity activity(String transaction, Activity.Actor actor, String context) {
        Activity.Source source = new Activity.Source("shop", "public.orders", "insert", "11", transaction);
        return new Activity("id", "order.placed", actor, null, context, null, Instant.EPOCH, source, null);
    }
}

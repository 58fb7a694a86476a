package io.towpath.jdbc;

import static io.towpath.jdbc.Events.P0;
import static io.towpath.jdbc.Events.P1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeeksTest {
    private final Context context = new Context();
    private final Seeks seeks = new Seeks(context);

    @Test
    void aSeekIsPendingUntilABatchHasPassedSinceItWasAskedFor() {
        seeks.ask(Map.of(P0, 90L));
        assertThat(seeks.pending(P0)).isTrue();
        assertThat(seeks.pending(P1)).isFalse();

        seeks.batchComes(true);
        assertThat(seeks.pending(P0)).as("the same batch, read before the seek").isTrue();

        seeks.batchComes(false);
        assertThat(seeks.pending(P0)).as("a batch read after the seek").isFalse();
        assertThat(seeks.none()).isTrue();
    }

    @Test
    void aSeekIsAskedForAgainWithABatchThatComesAgain() {
        seeks.ask(Map.of(P0, 90L));
        context.seeks.clear();

        seeks.batchComes(true);
        assertThat(context.seeks).containsExactly(Map.entry(P0, 90L));

        context.seeks.clear();
        seeks.batchComes(false);
        assertThat(context.seeks).isEmpty();
    }

    @Test
    void aSeekEndsWithThePartition() {
        seeks.ask(Map.of(P0, 90L, P1, 7L));
        seeks.forget(List.of(P0));

        seeks.batchComes(true);
        assertThat(seeks.pending(P0)).isFalse();
        assertThat(seeks.pending(P1)).isTrue();
    }
}

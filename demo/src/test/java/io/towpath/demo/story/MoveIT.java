package io.towpath.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import io.towpath.migration.connect.ConnectRest;
import io.towpath.migration.connect.SourceOffset;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** There, back, and there again under traffic, with the applications' connectors and groups. */
class MoveIT {

    private static final Workload.Size SIZE = new Workload.Size(40, 40, 11);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    @Test
    void everyRecordRowAndPositionIsThereOnceAfterThreeSwitches() throws Exception {
        Engine.orSkipIfChosen();
        try (Stack stack = Stack.open(directory, Tuning.QUICK_START)) {
            TwoClusters servers = TwoClusters.start(stack, name -> {});
            Progress progress = new Progress(System.out);
            try (Story story = new Story(servers, directory, progress, Story.MOVED);
                    Move move = new Move(story, servers, progress)) {
                move.prepare();
                story.connect();
                Outcome outcome = move.tell(SIZE, LIMIT);
                outcome.print(System.out);
                assertThat(outcome.lastLine()).isEqualTo("demo: PASS");
                assertThat(outcome.changes().told()).isGreaterThan(500);
                assertThat(outcome.stations()).allMatch(station -> station.found() > 0);
            }
            assertOursMoved(servers);
        }
    }

    /** On dc2 they run, on dc1 they are stopped; the sink's table counts under the cluster that it reads now. */
    private static void assertOursMoved(TwoClusters servers) throws Exception {
        ConnectRest here = new ConnectRest(servers.applications().url());
        ConnectRest there = new ConnectRest(servers.mirror().url());
        for (String name : new String[] {"shop-activity", "warehouse"}) {
            assertThat(here.status(name)).get().matches(status -> status.stopped(), name + " is stopped on dc1");
            assertThat(there.status(name)).get().matches(status -> status.running(), name + " runs on dc2");
        }
        assertThat(there.config("warehouse").orElseThrow()).containsEntry("source.cluster", "dc2");
        assertThat(there.connectors()).containsExactlyInAnyOrder("shop-activity", "warehouse");
        there.stop("warehouse");
        there.awaitStopped("warehouse", LIMIT);
        Database warehouse = Database.of(servers.postgres(), "warehouse");
        assertThat(there.offsets("warehouse")).isNotEmpty();
        for (SourceOffset offset : there.offsets("warehouse")) {
            assertThat(warehouse.number("select next_offset from towpath_sink_offsets where source_cluster = 'dc2'"
                            + " and topic = '" + offset.partition().get("kafka_topic") + "' and partition = "
                            + offset.partition().get("kafka_partition")))
                    .as(offset.toString())
                    .isEqualTo(((Number) offset.offset().get("kafka_offset")).longValue());
        }
    }
}

package io.towpath.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.demo.stack.TwoClusters;
import io.towpath.local.Stack;
import io.towpath.local.Tuning;
import io.towpath.local.containers.ContainerStacks;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story on servers in containers, where there is an engine. */
class ContainersIT {

    private static final Workload.Size SIZE = new Workload.Size(8, 60, 7);

    @TempDir
    private Path directory;

    @Test
    void everyStationHoldsEveryChangeExactlyOnce() throws Exception {
        Engine.orSkip();
        try (Stack stack = new ContainerStacks().open(directory, Tuning.QUICK_START)) {
            TwoClusters servers = TwoClusters.start(stack, name -> {});
            Progress progress = new Progress(System.out);
            try (Story story = new Story(servers, directory, progress)) {
                story.connect();
                story.work(SIZE);
                Outcome outcome = story.judge(Duration.ofMinutes(2));
                outcome.print(System.out);
                assertThat(outcome.lastLine()).isEqualTo("demo: PASS");
            }
        }
    }
}

package io.towpath.demo.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HavocTest {

    private static final Havoc.Pace AT_ONCE = new Havoc.Pace(Duration.ofMillis(2), Duration.ofMillis(1));
    private static final int FAULTS = 40;

    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void oneServerIsInTroubleAtATimeAndAllRunAtTheEnd() throws Exception {
        run(42);
        for (int i = 0; i < done.size(); i += 2) {
            assertThat(done.get(i) + " " + done.get(i + 1)).matches("(\\w+) (kill \\1 start|pause \\1 resume)");
        }
        assertThat(done).anyMatch(act -> act.endsWith("kill")).anyMatch(act -> act.endsWith("pause"));
        assertThat(done.stream().map(act -> act.split(" ", -1)[0]).distinct()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void theSameSeedGivesTheSameTroubles() throws Exception {
        run(7);
        List<String> first = List.copyOf(done.subList(0, 2 * FAULTS));
        done.clear();
        run(7);
        assertThat(done.subList(0, 2 * FAULTS)).isEqualTo(first);
        done.clear();
        run(8);
        assertThat(done.subList(0, 2 * FAULTS)).isNotEqualTo(first);
    }

    private void run(long seed) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(FAULTS + 1);
        List<Server> servers = Stream.of("one", "two").<Server>map(Noted::new).toList();
        try (Havoc havoc = new Havoc(servers, seed, AT_ONCE, fault -> enough.countDown())) {
            havoc.start();
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private final class Noted implements Server {
        private final String name;

        Noted(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Path log() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long pid() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean alive() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start() {
            done.add(name + " start");
        }

        @Override
        public void stop() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void kill() {
            done.add(name + " kill");
        }

        @Override
        public void pause() {
            done.add(name + " pause");
        }

        @Override
        public void resume() {
            done.add(name + " resume");
        }

        @Override
        public void awaitReady() {}
    }
}

package io.towpath.local.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a server process is started and ended.
 *
 * @param command program and arguments; the program becomes the process itself
 * @param stopSignal what asks it to end in good order, as {@code kill} names it
 * @param ready most time from start to ready
 */
record Launch(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path log,
        String stopSignal,
        Duration ready) {}

package io.towpath.demo.story;

import io.towpath.local.Part;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;

/** The container engine: the one thing that the build may lack. Where it does, that is told, and nothing is claimed. */
final class Engine {

    private Engine() {}

    static void orSkip() {
        Assumptions.assumeTrue(Part.isHereOrTold(
                DockerClientFactory.instance().isDockerAvailable(),
                "no container engine; the story in containers is not tested"));
    }

    /** For a test whose stack is the one that {@code towpath.stack} names. */
    static void orSkipIfChosen() {
        if (System.getProperty("towpath.stack", "embedded").equals("containers")) {
            orSkip();
        }
    }
}

package io.towpath.capture.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class DatabaseReaderTest {

    @Test
    void aLimitOfTheConfigThatIsReachedEndsReadingWithASentenceThoughFailuresAreRetried() {
        DatabaseReader reader = new DatabaseReader(
                "shop",
                resume -> {
                    throw new ConfigException("consent.max.actors: more than 2 actors");
                },
                Optional.empty(),
                new Handoff(1),
                false);
        reader.run();
        assertThat(reader.failure())
                .hasValueSatisfying(failure ->
                        assertThat(failure).hasMessage("database shop: consent.max.actors: more than 2 actors"));
    }
}

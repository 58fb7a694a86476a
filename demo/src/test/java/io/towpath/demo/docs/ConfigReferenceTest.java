package io.towpath.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activity.rule.RuleKeys;
import io.towpath.capture.ActivityCaptureConnector;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.jdbc.ExactlyOnceJdbcSinkConnector;
import io.towpath.transforms.ToActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** {@code docs/config}: written from the definitions that the plugins validate with, so that it cannot drift. */
class ConfigReferenceTest {

    private static final Path FOLDER = Path.of(System.getProperty("towpath.home"), "docs", "config");

    /** Stands for each name that the operator chooses. */
    private static final String NAME = "NAME";

    @Test
    void capture() throws IOException {
        ConfigDef keys = CaptureConfig.def(Map.of("name", "CONNECTOR", "databases", NAME, "rules", NAME));
        assertWritten("activity-capture", ActivityCaptureConnector.class, keys);
    }

    @Test
    void jdbcSink() throws IOException {
        assertWritten(
                "exactly-once-jdbc-sink",
                ExactlyOnceJdbcSinkConnector.class,
                new ExactlyOnceJdbcSinkConnector().config());
    }

    @Test
    void toActivity() throws IOException {
        ConfigDef keys = RuleKeys.define(new ConfigDef(ToActivity.CONFIG), "Rules", List.of(NAME));
        assertWritten("to-activity", ToActivity.class, keys);
    }

    private static void assertWritten(String name, Class<?> plugin, ConfigDef keys) throws IOException {
        Path page = FOLDER.resolve(name + ".md");
        String wanted = ConfigPage.of(plugin, keys);
        if ("true".equals(System.getProperty("update"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(page, wanted);
        }
        assertThat(page)
                .as("written anew by: mvn -B verify -Dquick -Dupdate -pl demo -am")
                .exists()
                .content()
                .isEqualTo(wanted);
    }
}

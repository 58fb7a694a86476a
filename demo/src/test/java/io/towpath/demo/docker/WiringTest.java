package io.towpath.demo.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.towpath.mm2.ClusterEnd;
import io.towpath.mm2.FlowWorker;
import io.towpath.mm2.IdentityFlow;
import io.towpath.mm2.Sizing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docker/connectors}: the demo's own connectors, with the addresses that they have among the containers. */
class WiringTest {

    private static final Path FOLDER = Path.of(System.getProperty("towpath.home"), "docker", "connectors");
    private static final Map<String, String> ADDRESSES = Map.of(
            "shop.host", "postgres",
            "shop.port", "5432",
            "shop.user", "capture",
            "dc1.bootstrap", "dc1:19092",
            "warehouse.url", "jdbc:postgresql://postgres:5432/warehouse",
            "warehouse.user", "warehouse",
            "secrets", "/opt/towpath/worker/secrets.properties");

    @Test
    void captureIsTheDemos() throws IOException {
        assertWritten("dc1/shop-activity.json", template("capture.json"));
    }

    @Test
    void theSinkIsTheDemos() throws IOException {
        assertWritten("dc1/warehouse.json", template("sink.json"));
    }

    @Test
    void theMirrorIsThePackagedFlow() throws IOException {
        Map<String, String> plain = ClusterEnd.security("plaintext", Map.of());
        Map<String, String> config = new IdentityFlow(
                        "dc1-to-dc2",
                        new ClusterEnd("dc1", "dc1:19092", plain),
                        new ClusterEnd("dc2", "dc2:19092", plain),
                        List.of("activity"),
                        Sizing.throughput(2),
                        new FlowWorker(true, true))
                .render();
        Map<String, Object> connector = new LinkedHashMap<>();
        connector.put("name", "dc1-to-dc2");
        connector.put("config", config);
        assertWritten(
                "dc2/dc1-to-dc2.json",
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(connector) + "\n");
    }

    private static String template(String name) throws IOException {
        try (InputStream template = WiringTest.class.getResourceAsStream("/io/towpath/demo/story/" + name)) {
            String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> address : ADDRESSES.entrySet()) {
                text = text.replace("${" + address.getKey() + "}", address.getValue());
            }
            return text;
        }
    }

    private static void assertWritten(String name, String wanted) throws IOException {
        Path file = FOLDER.resolve(name);
        if ("true".equals(System.getProperty("update"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, wanted);
        }
        assertThat(file)
                .as("written anew by: mvn -B verify -Dquick -Dupdate -pl demo -am")
                .exists()
                .content()
                .isEqualTo(wanted);
    }
}

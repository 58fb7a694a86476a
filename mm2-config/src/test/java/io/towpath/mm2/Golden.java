package io.towpath.mm2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Rendered files that a reviewer reads; {@code -Dupdate} rewrites them. */
final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    static void assertRendersAs(String file, Map<String, String> config) throws IOException {
        String text =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(config) + "\n";
        if (Boolean.getBoolean("update") || "".equals(System.getProperty("update"))) {
            Files.writeString(FOLDER.resolve(file), text);
        }
        assertThat(text).isEqualTo(Files.readString(FOLDER.resolve(file)));
    }
}

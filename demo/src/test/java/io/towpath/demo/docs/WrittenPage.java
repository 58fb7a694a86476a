package io.towpath.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page that the build writes with {@code -Dupdate}, and otherwise compares with the code. */
public final class WrittenPage {

    private WrittenPage() {}

    /** Writes the page if that was asked for; then it is what is wanted. */
    public static void assertIs(Path page, String wanted) throws IOException {
        if ("true".equals(System.getProperty("update"))) {
            Files.writeString(page, wanted);
        }
        assertThat(page)
                .as("written anew by: mvn -B verify -Dquick -Dupdate -pl demo -am")
                .exists()
                .content()
                .isEqualTo(wanted);
    }
}

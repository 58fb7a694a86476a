package io.towpath.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version that the build wrote into this jar: what {@code transforms.X.plugin.version} chooses by (KIP-891). */
public final class Version {

    public static final String THIS = read();

    private Version() {}

    private static String read() {
        try (InputStream in = Version.class.getResourceAsStream("version")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the resource 'version' beside " + Version.class, e);
        }
    }
}

package io.towpath.migration.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code report.html} and {@code report.json}. */
public final class Report {

    private final Proven proven;
    private final String version;

    /** {@code version}: that of towpath. */
    public Report(Proven proven, String version) {
        this.proven = proven;
        this.version = version;
    }

    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("report.html"), new HtmlReport(proven, version).render());
            Files.writeString(
                    folder.resolve("report.json"),
                    new ObjectMapper()
                                    .enable(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(new JsonReport(proven, version).render())
                            + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to " + folder, e);
        }
    }
}

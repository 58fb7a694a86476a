package io.towpath.demo.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.towpath.local.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a stack offers, as the file {@code stack.json}. It appears in one move, complete, when the stack is handed over,
 * and stays after the stack's end, so that its logs are still found.
 *
 * @param pid the supervisor
 * @param exitCode what the command that started the stack ends with
 * @param reaches how to reach each part
 * @param servers every server
 */
public record StackFile(long pid, int exitCode, List<Reach> reaches, List<Log> servers) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Where everything that a server says, over all its lives, is written. */
    public record Log(String name, String file) {}

    static StackFile of(Stack stack, List<Reach> reaches, int exitCode) {
        List<Log> logs = stack.servers().stream()
                .map(server -> new Log(server.name(), server.log().toString()))
                .toList();
        return new StackFile(ProcessHandle.current().pid(), exitCode, List.copyOf(reaches), logs);
    }

    public static Optional<StackFile> read(Place place) {
        if (!Files.exists(place.stackFile())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(place.stackFile().toFile(), StackFile.class));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + place.stackFile(), e);
        }
    }

    void write(Place place) {
        Path file = place.stackFile();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            JSON.writeValue(part.toFile(), this);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static void delete(Place place) {
        try {
            Files.deleteIfExists(place.stackFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + place.stackFile(), e);
        }
    }
}

package io.towpath.dist.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.local.process.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Does what runbooks say, block by block, and looks for what they say is seen. */
final class Typist {

    private static final Path PAGES = Home.path().resolve("docs/runbooks");

    private final Terminal terminal;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Consumer<String>> deeds = new HashMap<>();
    private Databases databases;
    private Consumer<Block> properties = block -> {};

    /** @param home the operator's home folder */
    Typist(Path home) {
        Path tools = Tools.in(home.resolve("tools"));
        terminal = new Terminal(home);
        terminal.type(new Block(
                "sh",
                "export HOME='" + home + "' PATH='" + tools + "':$PATH JAVA_HOME='" + System.getProperty("java.home")
                        + "' TOWPATH_JAVA_OPTS='-XX:TieredStopAtLevel=1 -Xmx256m'\ncd",
                "set-up",
                0));
    }

    /** The reader's own value of a name; the runbook's is not typed. */
    Typist name(String name, Object value) {
        names.add(name);
        terminal.export(name, value.toString());
        return this;
    }

    /** One more folder with commands. */
    Typist path(Path commands) {
        terminal.type(new Block("sh", "export PATH='" + commands + "':$PATH", "set-up", 0));
        return this;
    }

    Typist databases(Databases them) {
        databases = them;
        return this;
    }

    /** What a {@code properties} block is for. */
    Typist onProperties(Consumer<Block> deed) {
        properties = deed;
        return this;
    }

    /** What {@code <!-- build: VERB … -->} does. */
    Typist on(String verb, Consumer<String> deed) {
        deeds.put(verb, deed);
        return this;
    }

    void follow(String page) {
        String printed = "";
        for (Block block : Runbook.read(PAGES, page).blocks()) {
            switch (block.kind()) {
                case "sh" -> printed = shell(block);
                case "sql" -> printed = databases.type(block);
                case "text" -> Terminal.assertSeen(block, printed);
                case "properties" -> properties.accept(block);
                case "build" -> deed(block);
                default ->
                    throw new IllegalStateException(
                            block.place() + ": nobody knows what to do with a block of " + block.kind());
            }
        }
    }

    private String shell(Block block) {
        if (!block.names()) {
            return terminal.type(block);
        }
        assertThat(names).as("%s: names that the test must give", block.place()).containsAll(block.exported());
        return "";
    }

    private void deed(Block block) {
        String[] words = block.text().split(" ", 2);
        Consumer<String> deed = deeds.get(words[0]);
        if (deed == null) {
            throw new IllegalStateException(block.place() + ": no such deed: " + words[0]);
        }
        deed.accept(words.length > 1 ? words[1] : "");
    }

    static Path folder(Path parent, String name) {
        try {
            return Files.createDirectories(parent.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

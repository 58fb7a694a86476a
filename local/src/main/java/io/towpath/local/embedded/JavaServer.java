package io.towpath.local.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Command lines and files that brokers and workers have in common. */
final class JavaServer {

    private static final String LOG4J = """
            rootLogger.level=info
            rootLogger.appenderRef.out.ref=out
            appender.out.type=Console
            appender.out.name=out
            appender.out.layout.type=PatternLayout
            appender.out.layout.pattern=%d{HH:mm:ss.SSS} %-5p [%t] %m (%c{1})%n
            logger.configs.name=org.apache.kafka.common.config
            logger.configs.level=warn
            logger.reflections.name=org.reflections
            logger.reflections.level=error
            """;

    private JavaServer() {}

    /** @param options of the JVM; they come before the main class */
    static List<String> command(Path directory, List<String> options, Class<?> main, List<String> arguments) {
        Path logging = directory.resolve("log4j2.properties");
        try {
            Files.writeString(logging, LOG4J);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + logging, e);
        }
        List<String> command = new ArrayList<>(List.of(Home.java(), "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.add("-Dlog4j2.configurationFile=" + logging);
        command.addAll(options);
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    static Map<String, String> environment(String distribution) {
        return Map.of("CLASSPATH", Home.classPathOf(distribution));
    }

    static Path write(Path file, Map<String, String> config) {
        Properties properties = new Properties();
        properties.putAll(config);
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}

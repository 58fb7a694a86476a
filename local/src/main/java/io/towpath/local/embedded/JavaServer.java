package io.towpath.local.embedded;

import io.towpath.local.Tuning;
import io.towpath.local.process.Home;
import io.towpath.local.process.Launch;
import io.towpath.local.process.Place;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A JVM that runs a server of one distribution: a module below {@code local/} whose class path file names its jars.
 *
 * @param heapMegabytes largest heap
 */
record JavaServer(String distribution, int heapMegabytes, Tuning tuning) {

    static final String KAFKA_4 = "kafka-4.3";
    static final String KAFKA_3 = "kafka-3.9";
    static final String KAFKA_2 = "kafka-2.8";

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
            logger.rows.name=io.debezium.connector.binlog.BinlogStreamingChangeEventSource
            logger.rows.level=off
            """;

    Launch launch(Place place, Class<?> main, String... arguments) {
        return launch(place, List.of(), main, arguments);
    }

    /** @param jars on the class path, behind the distribution's own */
    Launch launch(Place place, List<Path> jars, Class<?> main, String... arguments) {
        Path logging = place.directory().resolve("log4j2.properties");
        try {
            Files.writeString(logging, LOG4J);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + logging, e);
        }
        List<String> command = new ArrayList<>(List.of(Home.java(), tuning.collector(), "-XX:+ExitOnOutOfMemoryError"));
        command.add("-Xmx" + heapMegabytes + "m");
        command.add(tuning.compiler());
        command.add("-Dlog4j2.configurationFile=" + logging);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return Launch.of(place.name(), command, place.log()).withEnvironment(Map.of("CLASSPATH", classPath(jars)));
    }

    private String classPath(List<Path> jars) {
        StringBuilder all = new StringBuilder(Home.classPathOf(distribution));
        jars.forEach(jar -> all.append(File.pathSeparator).append(jar.toAbsolutePath()));
        return all.toString();
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

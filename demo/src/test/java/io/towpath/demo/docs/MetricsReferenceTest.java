package io.towpath.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.capture.consent.ConsentStage;
import io.towpath.capture.watch.DatabaseGauges;
import io.towpath.capture.watch.RemovedDatabase;
import io.towpath.jdbc.SinkMetrics;
import io.towpath.migration.flow.FlowMetrics;
import io.towpath.migration.report.ProofMetrics;
import io.towpath.migration.switchover.SwitchMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md}: written from what the plugins register; the alert rules use nothing else. */
class MetricsReferenceTest {

    private static final Path HOME = Path.of(System.getProperty("towpath.home"));
    private static final Path PAGE = HOME.resolve("docs/metrics.md");
    private static final Path ALERTS = HOME.resolve("docker/prometheus/alerts.yml");
    private static final String BEGIN = "<!-- written by the build -->\n";
    private static final Pattern SERIES = Pattern.compile("connect_plugin_([a-z_]+)");

    @Test
    void thePageNamesEveryMetricOfEveryPlugin() throws IOException {
        String page = Files.readString(PAGE);
        String wanted = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + tables();
        WrittenPage.assertIs(PAGE, wanted);
    }

    @Test
    void anAlertRestsOnMetricsThatThereAre() throws IOException {
        Set<String> known = all().values().stream()
                .flatMap(metrics -> metrics.keySet().stream())
                .map(name -> name.replace('-', '_'))
                .collect(Collectors.toSet());
        List<String> used = SERIES.matcher(Files.readString(ALERTS))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        assertThat(used).hasSizeGreaterThan(5).allMatch(known::contains);
    }

    @Test
    void theExporterNamesSeriesAsTheRulesExpectThem() throws IOException {
        String rules = Files.readString(HOME.resolve("docker/prometheus/jmx-exporter.yml"));
        List<String> patterns = Pattern.compile("pattern: '(.*)'")
                .matcher(rules)
                .results()
                .map(match -> match.group(1))
                .toList();
        // the first rule that fits names the series: what only grows must be a counter, or its name loses "_total"
        assertThat(first(patterns, "kafka.connect<type=plugins, connector=a, task=0, database=shop><>lag-seconds: 3"))
                .contains("database=", "><>([a-z-]+):");
        assertThat(first(patterns, "kafka.connect<type=plugins, connector=w, task=0><>refused-total: 3"))
                .contains("-total:");
        assertThat(first(patterns, "kafka.connect<type=plugins, connector=w, task=0, transformation=t><>made-total: 3"))
                .contains("transformation=", "-total:");
    }

    private static String first(List<String> patterns, String metric) {
        return patterns.stream().filter(metric::matches).findFirst().orElseThrow();
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        text.append("\n## The job, at `/metrics` or in a file\n\n| metric | what it is |\n|---|---|\n");
        Stream.of(FlowMetrics.ALL, ProofMetrics.ALL, SwitchMetrics.ALL)
                .flatMap(List::stream)
                .forEach(gauge -> text.append("| `" + gauge.name() + "` | " + gauge.help() + " |\n"));
        all().forEach((plugin, metrics) -> {
            text.append("\n## ").append(plugin).append("\n\n| metric | what it is |\n|---|---|\n");
            metrics.forEach((name, meaning) -> text.append("| `")
                    .append(name)
                    .append("` | ")
                    .append(meaning)
                    .append(" |\n"));
        });
        return text.toString();
    }

    @SuppressWarnings("rawtypes") // a service is looked up by its bare class
    private static Map<String, Map<String, String>> all() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        all.put("ActivityCaptureConnector, per database", capture());
        ShownMetrics sink = new ShownMetrics();
        assertThat(new SinkMetrics(sink.context(SinkTaskContext.class), Clock.systemUTC()))
                .isNotNull();
        all.put("ExactlyOnceJdbcSinkConnector, per task", sink.seen());
        ServiceLoader.load(Transformation.class).stream()
                .filter(type -> type.type().getName().startsWith("io.towpath."))
                .map(ServiceLoader.Provider::get)
                .filter(Monitorable.class::isInstance)
                .forEach(transform -> {
                    ShownMetrics shown = new ShownMetrics();
                    ((Monitorable) transform).withPluginMetrics(shown.metrics());
                    Class<?> type = transform.getClass();
                    Class<?> outer = type.getEnclosingClass() == null ? type : type.getEnclosingClass();
                    all.put(outer.getSimpleName(), shown.seen());
                });
        return all;
    }

    private static Map<String, String> capture() {
        ShownMetrics shown = new ShownMetrics();
        DatabaseGauges gauges = new DatabaseGauges(shown.context(SourceTaskContext.class), "shop");
        gauges.show(new DatabaseGauges.Reading() {
            @Override
            public boolean isReading() {
                return true;
            }

            @Override
            public int inFlight() {
                return 0;
            }

            @Override
            public long cut() {
                return 0;
            }
        });
        gauges.show(() -> 0, () -> 0);
        gauges.show((RemovedDatabase) null);
        gauges.show((ConsentStage) null);
        return shown.seen();
    }
}

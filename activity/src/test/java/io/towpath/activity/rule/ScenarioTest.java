package io.towpath.activity.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.towpath.activity.Activity;
import io.towpath.activity.ChangeReader;
import io.towpath.activity.Inferred;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change event becomes is a file: {@code scenarios/*.yaml}, each run with schemas and without. */
class ScenarioTest {

    private static final ObjectMapper YAML = new YAMLMapper();

    record Scenario(Map<String, String> rules, Map<String, Object> key, Map<String, Object> value, Object then) {}

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/scenarios"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void withSchema(String file) throws IOException {
        Scenario scenario = read(file);
        check(scenario, Inferred.withSchema(scenario.key), Inferred.withSchema(scenario.value));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void schemaless(String file) throws IOException {
        Scenario scenario = read(file);
        check(scenario, scenario.key, scenario.value);
    }

    private static void check(Scenario scenario, Object key, Object value) throws IOException {
        RuleSet rules = RuleSet.parse(scenario.rules, "");
        assertThat(rules.errors()).isEmpty();
        ActivityRules deciding = new ActivityRules(rules);
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "topic", null, null, key, null, value);
        var change = new ChangeReader("7341", "shop").read(record);
        if (scenario.then instanceof String refusal) {
            assertThatThrownBy(() -> deciding.decide(change.orElseThrow()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(refusal);
            return;
        }
        List<Activity> activities = change.map(deciding::decide).orElse(List.of());
        List<Object> plain = new ArrayList<>();
        for (Activity activity : activities) {
            plain.add(plain(activity));
        }
        assertThat(plain).isEqualTo(scenario.then);
        change.ifPresent(
                c -> assertThat(deciding.first(c)).isEqualTo(activities.stream().findFirst()));
    }

    /** As scenario files write an activity: no id (its own test has that), JSON opened, absent parts left out. */
    private static Map<String, Object> plain(Activity activity) throws IOException {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("type", activity.type());
        if (activity.actor() != null) {
            plain.put(
                    "actor",
                    pair("id", activity.actor().id(), "kind", activity.actor().kind()));
        }
        if (activity.object() != null) {
            plain.put(
                    "object",
                    pair(
                            "type",
                            activity.object().type(),
                            "id",
                            activity.object().id()));
        }
        putJson(plain, "context", activity.context());
        putJson(plain, "data", activity.data());
        plain.put("at", activity.occurredAt().toString());
        Activity.Source source = activity.source();
        List<String> where = new ArrayList<>(List.of(source.database(), source.table(), source.op()));
        Stream.of(source.position(), source.transaction()).map(String::valueOf).forEach(where::add);
        plain.put("source", String.join(" ", where));
        return plain;
    }

    private static Map<String, Object> pair(String first, String one, String second, String other) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put(first, one);
        if (other != null) {
            pair.put(second, other);
        }
        return pair;
    }

    private static void putJson(Map<String, Object> plain, String name, String json) throws IOException {
        if (json != null) {
            plain.put(name, YAML.readValue(json, Object.class));
        }
    }

    private static Scenario read(String file) throws IOException {
        try (InputStream in = ScenarioTest.class.getResourceAsStream("/scenarios/" + file)) {
            return YAML.readValue(in, new TypeReference<Scenario>() {});
        }
    }
}

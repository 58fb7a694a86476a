package io.towpath.transforms.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;

/** The examples as a page of Markdown: a section for each plugin. */
final class ExamplesPage {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private ExamplesPage() {}

    /** {@code examples}: by the simple name of their plugin, in the order to print them. */
    static String of(Map<String, Example> examples) throws JsonProcessingException {
        StringBuilder page = new StringBuilder("""
                # The transforms by example

                Every example is run by the build, and this page is written from what it runs. The lines belong into a
                connector's configuration; keys are explained in the [configuration reference](config/README.md).
                """);
        for (Map.Entry<String, Example> example : examples.entrySet()) {
            page.append("\n## ").append(example.getKey()).append("\n\n").append(section(example.getValue()));
        }
        return page.toString();
    }

    private static String section(Example example) throws JsonProcessingException {
        StringBuilder section = new StringBuilder(example.about().strip());
        section.append("\n\n```properties\n").append(example.config()).append("```\n");
        for (Example.Step step : example.records()) {
            section.append("\n```yaml\n# in\n").append(YAML.writeValueAsString(step.given()));
            section.append("# out\n");
            section.append(
                    step.then() == null ? "# nothing: the record is dropped\n" : YAML.writeValueAsString(step.then()));
            section.append("```\n");
        }
        return section.toString();
    }
}

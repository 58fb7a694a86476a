package io.towpath.migration.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Span;
import io.towpath.migration.proof.Verdict;

/** The proof for jobs; its shape is {@code report.schema.json}. */
final class JsonReport {

    static final String SCHEMA = "https://towpath.io/schemas/report-1.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Proven proven;
    private final Circumstances circumstances;

    JsonReport(Proven proven, String version) {
        this.proven = proven;
        this.circumstances = new Circumstances(proven, version);
    }

    ObjectNode render() {
        ObjectNode report = JSON.createObjectNode();
        report.put("schema", SCHEMA);
        report.put("migration", proven.migration().name());
        report.put("source", proven.migration().source().alias());
        report.put("target", proven.migration().target().alias());
        report.put("sourceServers", proven.migration().source().bootstrapServers());
        report.put("targetServers", proven.migration().target().bootstrapServers());
        report.put("since", proven.since().toString());
        report.put("from", proven.from().toString());
        report.put("to", proven.to().toString());
        report.put("sample", proven.sample());
        report.put("waiting", proven.waiting());
        report.put("isolation", Circumstances.ISOLATION);
        report.put("digest", Circumstances.DIGEST);
        report.set("verdict", verdict(proven.verdict()));
        ArrayNode partitions = report.putArray("partitions");
        proven.results().forEach(result -> partitions.add(partition(result)));
        circumstances.notChecked().forEach(report.putArray("notChecked")::add);
        circumstances.evidence().forEach(report.putArray("evidence")::add);
        circumstances.versions().forEach(report.putArray("versions")::add);
        return report;
    }

    private static ObjectNode verdict(Verdict verdict) {
        boolean match = verdict instanceof Verdict.Match;
        Verdict.Coverage coverage =
                verdict instanceof Verdict.Match m ? m.coverage() : ((Verdict.Mismatch) verdict).coverage();
        ObjectNode node = JSON.createObjectNode();
        node.put("match", match);
        node.put("differences", verdict instanceof Verdict.Mismatch m ? m.differences() : 0);
        node.put("compared", coverage.compared());
        node.put("compacted", coverage.compacted());
        node.put("superseded", coverage.superseded());
        node.put("notProven", coverage.unproven());
        node.put("coverage", coverage.share());
        return node;
    }

    private static ObjectNode partition(PartitionResult result) {
        ObjectNode node = JSON.createObjectNode();
        node.put("topic", result.partition().topic());
        node.put("partition", result.partition().partition());
        node.put("equal", result.matched());
        node.put("sourceStart", result.bounds().sourceStart());
        node.put("sourceFence", result.bounds().sourceFence());
        node.put("targetStart", result.bounds().targetStart());
        node.put("targetFence", result.bounds().targetFence());
        node.put("mapRuns", result.map().runs());
        ObjectNode counts = node.putObject("counts");
        result.counts().forEach((kind, count) -> counts.put(kind.label(), count));
        ArrayNode findings = node.putArray("findings");
        result.findings().forEach(finding -> findings.add(finding(finding)));
        return node;
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode node = JSON.createObjectNode();
        node.put("class", finding.kind().label());
        node.put("records", finding.count());
        span(node, "source", finding.source());
        span(node, "target", finding.target());
        return node;
    }

    private static void span(ObjectNode node, String side, Span span) {
        if (span != null) {
            node.putObject(side).put("from", span.from()).put("to", span.to());
        }
    }
}

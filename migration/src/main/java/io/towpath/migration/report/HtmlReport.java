package io.towpath.migration.report;

import io.towpath.migration.config.Cluster;
import io.towpath.migration.proof.Finding;
import io.towpath.migration.proof.Kind;
import io.towpath.migration.proof.PartitionResult;
import io.towpath.migration.proof.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The proof as one page that needs nothing else. */
final class HtmlReport {

    private static final int SHOWN = 500;

    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8884;--good:#1a7f37;--bad:#b3261e;--warn:#8a5a00}
            body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2.2rem;border-bottom:1px solid var(--line)}
            .verdict{font-size:1.7rem;font-weight:600;padding:.8rem 1rem;border-left:.5rem solid;margin:1rem 0}
            .good{border-color:var(--good)}.bad{border-color:var(--bad)}.part{border-color:var(--warn)}
            .facts{display:flex;flex-wrap:wrap;gap:1rem 2.5rem}.facts b{display:block;font-size:1.25rem}
            table{border-collapse:collapse;width:100%;font-size:.92rem}.wide{overflow-x:auto}
            th,td{text-align:left;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line)}
            td.n{text-align:right;font-variant-numeric:tabular-nums}.n+:not(.n){padding-left:1.6rem}
            .line{position:relative;height:2.6rem;border-top:.3rem solid var(--line);margin-top:1rem}
            .line span{position:absolute;top:.3rem;font-size:.85rem}.line span:last-child{right:0;text-align:right}
            th.n{text-align:right}td.no{color:var(--bad);font-weight:600}summary{cursor:pointer;margin:.6rem 0}
            .sign td{height:2.4rem;width:28%}.sign td:first-child{width:16%}
            @media print{body{max-width:none;font-size:12px}details>*{display:block}h2{break-after:avoid}}
            """;

    private final Proven proven;
    private final Circumstances circumstances;
    private final List<TopicSum> topics;
    private final Html html = new Html();

    HtmlReport(Proven proven, String version) {
        this.proven = proven;
        this.circumstances = new Circumstances(proven, version);
        this.topics = TopicSum.of(proven.results());
    }

    String render() {
        String name = proven.migration().name();
        html.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
                .text("Proof of " + name)
                .raw("</title><style>" + STYLE + "</style></head><body>")
                .element(
                        "h1",
                        "Proof of the migration " + name + ": "
                                + proven.migration().source() + " to "
                                + proven.migration().target());
        verdict();
        topics();
        findings();
        html.element("h2", "What was not checked").list(circumstances.notChecked());
        html.element("h2", "Evidence").list(circumstances.evidence());
        timeline();
        clusters();
        map();
        html.element("h2", "Versions").list(circumstances.versions());
        signatures();
        return html.raw("</body></html>\n").toString();
    }

    private void verdict() {
        Verdict verdict = proven.verdict();
        boolean whole =
                verdict instanceof Verdict.Match match && match.coverage().unproven() == 0;
        String look = verdict instanceof Verdict.Mismatch ? "bad" : whole ? "good" : "part";
        html.raw("<p class=\"verdict " + look + "\">").text(sentence(verdict)).raw("</p>");
        html.element("p", meaning(verdict)).raw("<div class=\"facts\">");
        fact(topics.stream().mapToLong(TopicSum::equal).sum(), "records equal, in order");
        fact(proven.results().stream().mapToLong(PartitionResult::differences).sum(), "records differ");
        fact(proven.results().stream().mapToLong(PartitionResult::unproven).sum(), "records not proven");
        fact(topics.size(), "topics");
        fact(proven.results().size(), "partitions");
        html.raw("</div>");
    }

    private static String sentence(Verdict verdict) {
        if (verdict instanceof Verdict.Match match) {
            return match.coverage().unproven() == 0
                    ? "Match: both clusters hold the same records."
                    : "Match of " + match.coverage() + ": no difference in what could be compared.";
        }
        return "Mismatch: the clusters differ.";
    }

    /** For whoever decides. */
    private String meaning(Verdict verdict) {
        String from = proven.migration().source().alias();
        String to = proven.migration().target().alias();
        if (verdict instanceof Verdict.Mismatch mismatch) {
            return "Do not switch. " + number(mismatch.differences()) + " records on " + to + " are not what " + from
                    + " holds; the first of them are listed below by their offsets.";
        }
        Verdict.Coverage coverage = coverage(verdict);
        String when = proven.wentOn()
                ? " held when they were compared, between " + seconds(proven.since()) + " and " + seconds(proven.to())
                        + ","
                : " held at " + seconds(proven.from());
        String compared = number(coverage.compared()) + " records that " + from + when + " were found on " + to
                + ", in the same order, with the same key, value, headers and timestamp.";
        String compacted = coverage.compacted() == 0
                ? ""
                : " " + number(coverage.compacted())
                        + " older records of compacted topics are gone on one side; a later"
                        + " record of the same key is there.";
        compacted += coverage.superseded() == 0
                ? ""
                : " " + number(coverage.superseded())
                        + " more are gone on one side, or never came: the latest record of their key is equal on both.";
        return coverage.unproven() == 0
                ? compared + compacted
                : compared + compacted + " " + number(coverage.unproven())
                        + " records could not be compared: whether that is enough is for the reader to decide.";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void signatures() {
        html.element("h2", "Signed").raw("<table class=\"sign\">");
        html.head("", "Name", "Date", "Signature").raw("<tbody>");
        html.row("Operator", "", "", "").row("Reviewer", "", "", "").raw("</tbody></table>");
    }

    private void fact(long number, String words) {
        html.raw("<div>").element("b", number(number)).text(words).raw("</div>");
    }

    private void topics() {
        html.element("h2", "Topics").raw("<div class=\"wide\"><table>");
        html.head("Topic", "Verdict", "Coverage", "#Partitions", "#Equal", "Otherwise")
                .raw("<tbody>");
        for (TopicSum topic : topics) {
            Verdict verdict = topic.verdict();
            html.row(
                    topic.topic(),
                    verdict instanceof Verdict.Match ? "match" : new Html.Alarm("MISMATCH"),
                    coverage(verdict).toString(),
                    topic.partitions().size(),
                    topic.equal(),
                    topic.otherwise());
        }
        html.raw("</tbody></table></div>");
    }

    private static Verdict.Coverage coverage(Verdict verdict) {
        return verdict instanceof Verdict.Match match ? match.coverage() : ((Verdict.Mismatch) verdict).coverage();
    }

    private void findings() {
        List<Finding> all = Finding.of(proven.results());
        html.element("h2", "Differences and missing coverage");
        if (all.isEmpty()) {
            html.element("p", "None.");
            return;
        }
        html.raw("<div class=\"wide\"><table>");
        html.head("Class", "Topic-partition", "Source offsets", "Target offsets", "#Records")
                .raw("<tbody>");
        all.stream()
                .limit(SHOWN)
                .forEach(f -> html.row(
                        f.kind().isFinding()
                                ? new Html.Alarm(f.kind().label())
                                : f.kind().label(),
                        f.partition(),
                        f.source() == null ? "none" : f.source(),
                        f.target() == null ? "none" : f.target(),
                        f.count()));
        html.raw("</tbody></table></div>");
        if (all.size() > SHOWN) {
            html.element(
                    "p",
                    "The first " + SHOWN + " of " + all.size()
                            + "; report.json holds the first 1,000 of every partition.");
        }
        html.raw("<p>");
        Arrays.stream(Kind.values())
                .filter(kind -> all.stream().anyMatch(f -> f.kind() == kind))
                .forEach(kind -> html.element("b", kind.label()).text(": " + kind.meaning() + ". "));
        html.raw("</p>");
    }

    private void timeline() {
        Duration took = Duration.between(proven.from(), proven.to());
        html.element("h2", "Timeline")
                .raw("<div class=\"line\">")
                .element("span", "fence read " + seconds(proven.from()))
                .element("span", "compared by " + seconds(proven.to()) + ", after " + words(took))
                .raw("</div>");
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /** {@code 1 h 30 min 24 s}; below a minute with tenths. */
    private static String words(Duration took) {
        if (took.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
        }
        return (took.toHours() == 0 ? "" : took.toHours() + " h ") + took.toMinutesPart() + " min "
                + took.toSecondsPart() + " s";
    }

    /** For whoever must know later which two were compared. */
    private void clusters() {
        html.element("h2", "Clusters").raw("<div class=\"wide\"><table>");
        html.head("", "Name", "Bootstrap servers").raw("<tbody>");
        Cluster source = proven.migration().source();
        Cluster target = proven.migration().target();
        html.row("source", source.alias(), source.bootstrapServers());
        html.row("target", target.alias(), target.bootstrapServers());
        html.raw("</tbody></table></div>");
    }

    private void map() {
        html.element("h2", "Offset map").raw("<div class=\"wide\"><table>");
        html.head("Topic", "#Pairs of records", "#Runs").raw("<tbody>");
        topics.forEach(topic -> html.row(topic.topic(), topic.equal(), topic.runs()));
        html.raw("</tbody></table></div><details><summary>Per partition</summary><div class=\"wide\"><table>");
        html.head("Topic-partition", "Source offsets", "Target offsets", "#Runs")
                .raw("<tbody>");
        proven.results().stream()
                .limit(SHOWN)
                .forEach(r -> html.row(
                        r.partition(),
                        r.bounds().sourceStart() + ".." + r.bounds().sourceFence(),
                        r.bounds().targetStart() + ".." + r.bounds().targetFence(),
                        r.map().runs()));
        html.raw("</tbody></table></div></details>")
                .element(
                        "p",
                        "Which record of the target is which of the source, exact both ways; a run is a stretch in which"
                                + " both offsets rise by one. Ends are exclusive. The whole map: towpath offsets map.");
    }
}

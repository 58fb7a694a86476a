package io.towpath.mm2.lint;

import java.util.List;

/** Rules about what arrives: bytes, committed records, all of them. */
final class DataRules {

    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

    static final List<Rule> ALL = List.of(
            Rule.ofSource(
                    "header-converter",
                    "On a Connect cluster the default is SimpleHeaderConverter: the header bytes CAFE0001 arrive as the"
                            + " text yv4AAQ==. Nothing is logged. (Tried on 4.3.1.)",
                    "header.converter=" + BYTES,
                    (flow, found) -> bytes(flow, "header.converter", found)),
            Rule.ofSource(
                    "value-converter",
                    "Without byte converters the worker's own are used: JsonConverter wraps or refuses every record.",
                    "key.converter and value.converter=" + BYTES,
                    (flow, found) -> {
                        bytes(flow, "key.converter", found);
                        bytes(flow, "value.converter", found);
                    }),
            Rule.ofSource(
                    "exactly-once-isolation",
                    "exactly.once.support=required is refused unless the reader is read_committed; without either,"
                            + " records of aborted transactions are copied as if they had been committed.",
                    "source.consumer.isolation.level=read_committed",
                    DataRules::isolation),
            Rule.ofSource(
                    "start-of-topic",
                    "MM2 reads from the earliest record by default. latest leaves out everything written before the"
                            + " flow starts; none does not stop a gap either: MM2 catches the exception and spins.",
                    "source.consumer.auto.offset.reset=earliest",
                    DataRules::reset),
            Rule.ofSource(
                    "message-size",
                    "The producer refuses records above max.request.size, 1 MB by default, and the task fails. A topic"
                            + " of 12 GB stopped after 99 MB this way.",
                    "producer.override.max.request.size at or above the largest max.message.bytes of the topics",
                    (flow, found) -> {
                        if (!flow.has("producer.override.max.request.size")) {
                            found.at(flow, "producer.override.max.request.size", "nothing given; wanted: a size");
                        }
                    }),
            Rule.ofSource(
                    "errors-tolerated",
                    "errors.tolerance=all lets a record that the target refuses go missing without a word.",
                    "leave errors.tolerance away",
                    (flow, found) -> {
                        if (flow.is("errors.tolerance", "all")) {
                            found.at(flow, "errors.tolerance", "all given; wanted: none");
                        }
                    }),
            Rule.ofSource(
                    "weak-acks",
                    "Connect writes with acks=all. With less, a record that only its leader had is gone when the leader"
                            + " is, and the flow has already stored that it copied it: a gap for good.",
                    "leave producer.override.acks away",
                    (flow, found) -> {
                        String acks = flow.get("producer.override.acks", "all");
                        if (!acks.equals("all") && !acks.equals("-1")) {
                            found.at(flow, "producer.override.acks", acks + " given; wanted: all");
                        }
                    }),
            Rule.ofSource(
                    "order-at-risk",
                    "Connect's producer is not idempotent and has one request in flight. With more, a request that is"
                            + " sent again overtakes the next: records of a partition change their order.",
                    "exactly.once.support=required, or one request in flight",
                    DataRules::order));

    private DataRules() {}

    private static void bytes(Flow flow, String key, Rule.Found found) {
        if (!flow.is(key, BYTES)) {
            found.at(flow, key, given(flow, key) + "; wanted: " + BYTES);
        }
    }

    private static void isolation(Flow flow, Rule.Found found) {
        String isolation =
                flow.get("source.consumer.isolation.level", flow.get("consumer.isolation.level", "read_uncommitted"));
        if (!isolation.equals("read_committed")) {
            found.at(flow, "source.consumer.isolation.level", isolation + " in effect; wanted: read_committed");
        }
    }

    private static void reset(Flow flow, Rule.Found found) {
        for (String key : List.of("source.consumer.auto.offset.reset", "consumer.auto.offset.reset")) {
            if (flow.has(key) && !flow.is(key, "earliest")) {
                found.at(flow, key, given(flow, key) + "; wanted: earliest");
            }
        }
    }

    private static void order(Flow flow, Rule.Found found) {
        String key = "producer.override.max.in.flight.requests.per.connection";
        boolean idempotent =
                flow.is("exactly.once.support", "required") || flow.is("producer.override.enable.idempotence", "true");
        if (flow.has(key) && !flow.is(key, "1") && !idempotent) {
            found.at(flow, key, given(flow, key) + " without exactly-once; wanted: 1");
        }
    }

    static String given(Flow flow, String key) {
        return flow.has(key) ? flow.get(key, "") + " given" : "nothing given";
    }
}

package io.towpath.transforms.gate;

import io.towpath.transforms.SchemaCache;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/**
 * The verdicts on one topic's schemas.
 *
 * <p>Always: a schema that was accepted stays accepted, so that records of two versions may come interleaved, as they do
 * from several partitions; a refused one stays refused.
 */
public final class TopicGate {

    private static final int SCHEMAS = 64;

    private final Rule rule;
    private final boolean moves;
    private final SchemaCache<Optional<String>> verdicts = new SchemaCache<>(SCHEMAS, this::judge);
    private Schema contract;

    /** @param contract what every schema is held against; null: the last one that was accepted, first come */
    public TopicGate(Rule rule, Schema contract) {
        this.rule = rule;
        this.contract = contract;
        this.moves = contract == null;
    }

    /** Why the schema is refused; empty when it is accepted. */
    public Optional<String> verdict(Schema schema) {
        return verdicts.get(schema);
    }

    private Optional<String> judge(Schema schema) {
        Optional<String> broken = contract == null ? Optional.empty() : rule.broken(contract, schema);
        if (moves && broken.isEmpty()) {
            contract = schema;
        }
        return broken;
    }
}

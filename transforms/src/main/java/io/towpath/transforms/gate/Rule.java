package io.towpath.transforms.gate;

import java.util.Optional;
import org.apache.kafka.connect.data.Schema;

/** Which way two versions of a schema must be compatible. */
public enum Rule {
    BACKWARD {
        @Override
        Optional<String> broken(Schema contract, Schema next) {
            return sentence(next, contract);
        }
    },
    FORWARD {
        @Override
        Optional<String> broken(Schema contract, Schema next) {
            return sentence(contract, next);
        }
    },
    FULL {
        @Override
        Optional<String> broken(Schema contract, Schema next) {
            return BACKWARD.broken(contract, next).or(() -> FORWARD.broken(contract, next));
        }
    };

    /** Why {@code next} may not follow {@code contract}, with the field and the rule; empty when it may. */
    abstract Optional<String> broken(Schema contract, Schema next);

    Optional<String> sentence(Schema reader, Schema writer) {
        return Compatibility.reading(reader, writer)
                .map(problem -> (problem.path().isEmpty() ? "the schema itself" : "field " + problem.path())
                        + " breaks " + name() + ": " + problem.reason());
    }
}

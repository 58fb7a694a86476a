package io.towpath.migration.access;

import io.towpath.migration.BadInput;
import io.towpath.migration.config.Migration;
import io.towpath.migration.connect.ConnectorFile;
import java.util.List;
import java.util.Locale;

/** Who has rights; each takes of what is given what it needs. */
public enum Role {
    WORKER {
        @Override
        public List<Right> rights(Given given) {
            return ConnectRights.worker(given.worker());
        }
    },
    CAPTURE {
        @Override
        public List<Right> rights(Given given) {
            ConnectorFile connector = given.connector(this);
            return ConnectRights.capture(given.worker(), connector.name(), connector.config());
        }
    },
    SINK {
        @Override
        public List<Right> rights(Given given) {
            ConnectorFile connector = given.connector(this);
            return ConnectRights.sink(connector.name(), connector.config());
        }
    },
    READER {
        @Override
        public List<Right> rights(Given given) {
            if (given.topics().isEmpty()) {
                throw new BadInput("--topic: nothing given; wanted by reader: the topics that it reads");
            }
            return ConnectRights.reader(given.topics(), given.group());
        }
    },
    PLAN {
        @Override
        public List<Right> rights(Given given) {
            Migration migration = given.migration(this);
            return MoveRights.plan(migration.name(), migration.topics().names());
        }
    },
    MIRROR {
        @Override
        public List<Right> rights(Given given) {
            Migration migration = given.migration(this);
            return MoveRights.mirror(
                    migration.name(), migration.flowName(), migration.topics().names(), given.worker());
        }
    },
    VERIFY {
        @Override
        public List<Right> rights(Given given) {
            return MoveRights.verify(given.migration(this).topics().names());
        }
    },
    SWITCH {
        @Override
        public List<Right> rights(Given given) {
            return SwitchRights.of(given.migration(this), given.worker());
        }
    };

    /**
     * What the rights are about.
     *
     * @param worker the names of the Connect worker
     * @param connector null unless a connector's file was given
     * @param migration null unless a migration was given
     * @param topics topics of a reader
     * @param group group of a reader, or null
     */
    public record Given(
            WorkerNames worker, ConnectorFile connector, Migration migration, List<String> topics, String group) {

        ConnectorFile connector(Role role) {
            if (connector == null) {
                throw new BadInput("--connector: nothing given; wanted by " + role + ": the connector's JSON file");
            }
            return connector;
        }

        Migration migration(Role role) {
            if (migration == null) {
                throw new BadInput("-f: nothing given; wanted by " + role + ": the migration's file");
            }
            return migration;
        }
    }

    /** Its rights, each with what it is for. */
    public abstract List<Right> rights(Given given);

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

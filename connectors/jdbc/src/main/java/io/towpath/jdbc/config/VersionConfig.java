package io.towpath.jdbc.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How the sink knows an older image from a newer one.
 *
 * @param name the field or the header
 * @param incarnationHeader empty for the source block's own name of its server
 * @param retention how long a deleted row's version is kept
 */
public record VersionConfig(
        VersionSource from,
        String name,
        String column,
        String incarnationColumn,
        String incarnationHeader,
        NewIncarnation onNewIncarnation,
        String tombstones,
        Duration retention) {
    public static final String FROM = "version.from";
    public static final String NAME = "version.name";
    public static final String COLUMN = "version.column";
    public static final String INCARNATION_COLUMN = "version.incarnation.column";
    public static final String INCARNATION_HEADER = "version.incarnation.header";
    public static final String ON_NEW_INCARNATION = "version.on.new.incarnation";
    public static final String TOMBSTONES = "version.tombstones.table";
    public static final String RETENTION = "version.tombstones.retention.ms";

    static void define(ConfigDef definition) {
        Keys keys = new Keys(definition, "Versions");
        keys.choice(
                        FROM,
                        VersionSource.NONE,
                        VersionSource.class,
                        MEDIUM,
                        "Where a row's version comes from; an older image then never overwrites a newer one, and a late"
                                + " update does not bring a deleted row back. position: the source's log; field, header:"
                                + " the one of version.name; kafka: the offset; none: the later record counts.")
                .key(NAME, ConfigDef.Type.STRING, "", null, MEDIUM, "Field or header that holds the version, a number.")
                .key(
                        COLUMN,
                        ConfigDef.Type.STRING,
                        "towpath_version",
                        new NonEmptyString(),
                        LOW,
                        "Column of the target table for the version, a 64 bit number.")
                .key(
                        INCARNATION_COLUMN,
                        ConfigDef.Type.STRING,
                        "towpath_incarnation",
                        new NonEmptyString(),
                        LOW,
                        "Column of the target table for the source's incarnation, a text.")
                .key(
                        INCARNATION_HEADER,
                        ConfigDef.Type.STRING,
                        "",
                        null,
                        LOW,
                        "Header that names the source's incarnation, e.g. PostgreSQL's system identifier; by default"
                                + " the header towpath_system of captured activities, else the server that a change event's"
                                + " source block names.");
        defineWhatFollows(keys);
    }

    private static void defineWhatFollows(Keys keys) {
        keys.choice(
                        ON_NEW_INCARNATION,
                        NewIncarnation.STOP,
                        NewIncarnation.class,
                        MEDIUM,
                        "stop: the task stops when a row comes from another incarnation of the source than the stored"
                                + " one. accept: the incoming row counts.")
                .key(
                        TOMBSTONES,
                        ConfigDef.Type.STRING,
                        "towpath_sink_tombstones",
                        new NonEmptyString(),
                        LOW,
                        "Table for the versions of deleted rows, in the target database; created at the first start.")
                .key(
                        RETENTION,
                        ConfigDef.Type.LONG,
                        Duration.ofDays(7).toMillis(),
                        Range.atLeast(60_000),
                        LOW,
                        "How long the version of a deleted row is kept. An update that comes later than that brings the"
                                + " row back.");
    }

    static VersionConfig parse(AbstractConfig values) {
        return new VersionConfig(
                OneOf.parse(VersionSource.class, values.getString(FROM)),
                values.getString(NAME),
                values.getString(COLUMN),
                values.getString(INCARNATION_COLUMN),
                values.getString(INCARNATION_HEADER),
                OneOf.parse(NewIncarnation.class, values.getString(ON_NEW_INCARNATION)),
                values.getString(TOMBSTONES),
                Duration.ofMillis(values.getLong(RETENTION)));
    }

    public boolean guards() {
        return from != VersionSource.NONE;
    }
}

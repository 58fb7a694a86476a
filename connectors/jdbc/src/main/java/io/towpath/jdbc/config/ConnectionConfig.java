package io.towpath.jdbc.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * How a session with the target database is opened and when the database ends it.
 *
 * @param idleTimeout after which the database ends a session that stands still inside a transaction
 * @param lockTimeout longest wait for one lock
 * @param statementTimeout longest run of one statement
 */
public record ConnectionConfig(
        String url,
        String username,
        Password password,
        Duration connectTimeout,
        Duration idleTimeout,
        Duration lockTimeout,
        Duration statementTimeout) {
    private static final List<String> SCHEMES = List.of("jdbc:postgresql:", "jdbc:mariadb:", "jdbc:mysql:");

    public static final String URL = "connection.url";
    public static final String USERNAME = "connection.username";
    public static final String PASSWORD = "connection.password";
    public static final String CONNECT_TIMEOUT = "connection.timeout.ms";
    public static final String IDLE_TIMEOUT = "session.idle.timeout.ms";
    public static final String LOCK_TIMEOUT = "session.lock.timeout.ms";

    public static final String STATEMENT_TIMEOUT = "session.statement.timeout.ms";

    static void define(ConfigDef definition) {
        new Keys(definition, "Connection")
                .key(
                        URL,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(
                                ConnectionConfig::jdbcUrl,
                                () -> "jdbc:postgresql://…, jdbc:mariadb://…, jdbc:mysql://…"),
                        HIGH,
                        "JDBC URL of the target database.")
                .key(USERNAME, ConfigDef.Type.STRING, "", null, HIGH, "User of the target database.")
                .key(
                        PASSWORD,
                        ConfigDef.Type.PASSWORD,
                        "",
                        null,
                        HIGH,
                        "Password of that user; name a ConfigProvider here.")
                .key(
                        CONNECT_TIMEOUT,
                        ConfigDef.Type.LONG,
                        10_000L,
                        Range.atLeast(1_000),
                        LOW,
                        "Longest wait for a connection.")
                .key(
                        IDLE_TIMEOUT,
                        ConfigDef.Type.LONG,
                        60_000L,
                        Range.atLeast(1_000),
                        MEDIUM,
                        "The database ends a session that stands still inside a transaction for this long, so that a"
                                + " stopped task's locks end. Must stay below the consumer's max.poll.interval.ms.")
                .key(
                        LOCK_TIMEOUT,
                        ConfigDef.Type.LONG,
                        20_000L,
                        Range.atLeast(100),
                        MEDIUM,
                        "Longest wait for one lock; the batch is then tried again. Must stay below the consumer's"
                                + " max.poll.interval.ms.")
                .key(
                        STATEMENT_TIMEOUT,
                        ConfigDef.Type.LONG,
                        120_000L,
                        Range.atLeast(1_000),
                        LOW,
                        "Longest run of one statement; the batch is then tried again, after the second time in smaller"
                                + " transactions. Must stay below the consumer's max.poll.interval.ms.");
    }

    static ConnectionConfig parse(AbstractConfig values) {
        return new ConnectionConfig(
                values.getString(URL),
                values.getString(USERNAME),
                values.getPassword(PASSWORD),
                Duration.ofMillis(values.getLong(CONNECT_TIMEOUT)),
                Duration.ofMillis(values.getLong(IDLE_TIMEOUT)),
                Duration.ofMillis(values.getLong(LOCK_TIMEOUT)),
                Duration.ofMillis(values.getLong(STATEMENT_TIMEOUT)));
    }

    private static void jdbcUrl(String name, Object value) {
        boolean known = value != null && SCHEMES.stream().anyMatch(value.toString()::startsWith);
        if (!known) {
            // The URL may carry a password: it is not repeated.
            throw new ConfigException(
                    "Invalid value for " + name + ": wanted a URL that begins with one of " + SCHEMES);
        }
    }
}

package io.towpath.jdbc.sql;

/**
 * The log of MariaDB's driver. It repeats each sentence with which the server refuses a statement, and such a sentence
 * may hold a row's values ({@code Duplicate entry 'alice@example.com' for key 'email'}); what is to be known of a
 * refusal is in the exception too.
 */
final class DriverLog {
    private static final String LOGGERS = "org.mariadb.jdbc.util.log.Loggers";
    // Of the whole JVM, and read once by the driver: that of another plugin keeps its log.
    private static final String DISABLE = "mariadb.logging.disable";

    private DriverLog() {}

    /** Closes the log of the driver that {@code loader} finds; to be called before that driver is asked anything. */
    static void close(ClassLoader loader) {
        String before = System.getProperty(DISABLE);
        System.setProperty(DISABLE, "true");
        try {
            Class.forName(LOGGERS, true, loader);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    "the plugin's folder has another driver of MariaDB than it came with", missing);
        } finally {
            if (before == null) {
                System.clearProperty(DISABLE);
            } else {
                System.setProperty(DISABLE, before);
            }
        }
    }
}

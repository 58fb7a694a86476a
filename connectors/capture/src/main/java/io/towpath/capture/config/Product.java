package io.towpath.capture.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The products that can be captured, and the keys that only some of them have. */
public enum Product {
    POSTGRESQL(5432),
    MARIADB(3306),
    MYSQL(3306);

    private static final Set<Product> BINLOG = Set.of(MARIADB, MYSQL);
    private static final Map<String, Set<Product>> OWN_KEYS = Map.of(
            DatabaseConfig.SLOT,
            Set.of(POSTGRESQL),
            DatabaseConfig.PUBLICATION,
            Set.of(POSTGRESQL),
            DatabaseConfig.SERVER_ID,
            BINLOG,
            DatabaseConfig.HEARTBEAT_TABLE,
            BINLOG);

    private final int port;

    Product(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    boolean has(String key) {
        return OWN_KEYS.getOrDefault(key, Set.of(this)).contains(this);
    }

    /** Whether its log is a binlog: of tables without column names, each in a database and in no schema. */
    public boolean binlog() {
        return BINLOG.contains(this);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Product::word).toList();
    }

    /** The product of that name; PostgreSQL for anything else: the definition of the key refuses it. */
    static Product of(String word) {
        return Arrays.stream(values())
                .filter(product -> product.word().equals(word))
                .findFirst()
                .orElse(POSTGRESQL);
    }
}

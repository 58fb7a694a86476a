package io.towpath.capture;

import io.towpath.local.DatabaseServer;
import io.towpath.local.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** One database of the shop on one server, as the load and the connector's config see it. */
record ShopDatabase(String name, DatabaseServer server) {

    /** Makes the database and its tables. */
    static ShopDatabase create(String name, DatabaseServer server) throws SQLException {
        server.createDatabase(name);
        ShopDatabase shop = new ShopDatabase(name, server);
        try (Connection db = shop.connect()) {
            CaptureStack.run(
                    db,
                    "create table orders (id int primary key, customer int, status varchar(20), note text)",
                    "create table said (request varchar(40))");
            if (shop.messages()) {
                CaptureStack.run(db, "alter table orders replica identity full");
            }
        }
        return shop;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(name), server.user(), server.password());
    }

    /** Whether its log takes messages. */
    boolean messages() {
        return server instanceof PostgresServer;
    }

    /** Writes the keys of this database, and on a binlog those of rules for its tables. */
    void describe(Map<String, String> config) {
        if (messages()) {
            put(config, "connector", "postgresql");
        } else {
            config.put("kafka.bootstrap.servers", CaptureStack.kafka().bootstrapServers());
            put(config, "connector", CaptureStack.product(server));
            put(config, "context.table", name + ".said");
            for (String rule : new String[] {"placed", "status"}) {
                String prefix = "rules." + name + "-" + rule;
                config.merge("rules", name + "-" + rule, (all, one) -> all + "," + one);
                config.put(prefix + ".table", name + ".orders");
                for (String key : new String[] {"type", "actor.id", "object.type", "object.id", "on", "columns"}) {
                    config.computeIfAbsent(prefix + "." + key, absent -> config.get("rules." + rule + "." + key));
                }
            }
        }
        put(config, "hostname", server.host());
        put(config, "port", Integer.toString(server.port()));
        put(config, "user", server.user());
        put(config, "password", server.password());
    }

    private void put(Map<String, String> config, String key, String value) {
        config.put("databases." + name + "." + key, value);
    }
}

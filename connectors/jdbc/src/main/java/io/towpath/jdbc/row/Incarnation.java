package io.towpath.jdbc.row;

import io.towpath.activity.Row;

/** Names the server whose log a position belongs to, as well as a change event tells it. */
final class Incarnation {
    private Incarnation() {}

    /** MySQL: the UUID of the GTID; MariaDB: domain and server of the GTID; else the connector's name of the server. */
    static String of(Row source) {
        if (source.get("gtid") instanceof String gtid) {
            int colon = gtid.indexOf(':');
            int dash = gtid.lastIndexOf('-');
            return colon > 0 ? gtid.substring(0, colon) : gtid.substring(0, Math.max(0, dash));
        }
        Object server = source.get("server_id");
        Object name = source.get("name") != null ? source.get("name") : source.get("database");
        return server == null ? String.valueOf(name) : name + "/" + server;
    }
}

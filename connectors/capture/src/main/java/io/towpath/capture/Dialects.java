package io.towpath.capture;

import io.towpath.capture.binlog.BinlogCatalog;
import io.towpath.capture.binlog.BinlogConnections;
import io.towpath.capture.binlog.BinlogDialect;
import io.towpath.capture.binlog.BinlogProduct;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.config.DatabaseConfig;
import io.towpath.capture.database.Catalog;
import io.towpath.capture.database.Dialect;
import io.towpath.capture.database.LiveCatalog;
import io.towpath.capture.delegate.DelegateLibrary;
import io.towpath.capture.mariadb.MariaDb;
import io.towpath.capture.mysql.MySql;
import io.towpath.capture.postgres.PostgresCatalog;
import io.towpath.capture.postgres.PostgresConnections;
import io.towpath.capture.postgres.PostgresDialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each database by the dialect of its product. */
public final class Dialects implements LiveCatalog {

    private final DelegateLibrary library;
    private final Duration limit;

    /** @param limit most time for connecting, and for any one statement */
    public Dialects(DelegateLibrary library, Duration limit) {
        this.library = library;
        this.limit = limit;
    }

    public Dialect of(DatabaseConfig database, CaptureConfig config) {
        return switch (database.product()) {
            case POSTGRESQL -> new PostgresDialect(new PostgresConnections(library, limit));
            case MARIADB -> new BinlogDialect(binlog(new MariaDb()), config);
            case MYSQL -> new BinlogDialect(binlog(new MySql()), config);
        };
    }

    @Override
    public Catalog read(DatabaseConfig database, Set<String> tables) {
        return catalog(database).read(database, tables);
    }

    @Override
    public void checkReadable(DatabaseConfig database, Map<String, ?> boundary) {
        catalog(database).checkReadable(database, boundary);
    }

    @Override
    public List<String> orphans(DatabaseConfig database, String prefix, Set<String> known) {
        return catalog(database).orphans(database, prefix, known);
    }

    private LiveCatalog catalog(DatabaseConfig database) {
        return switch (database.product()) {
            case POSTGRESQL -> new PostgresCatalog(new PostgresConnections(library, limit));
            case MARIADB -> new BinlogCatalog(binlog(new MariaDb()));
            case MYSQL -> new BinlogCatalog(binlog(new MySql()));
        };
    }

    private BinlogConnections binlog(BinlogProduct product) {
        return new BinlogConnections(product, library, limit);
    }
}

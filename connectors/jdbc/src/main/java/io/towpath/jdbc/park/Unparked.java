package io.towpath.jdbc.park;

import io.towpath.jdbc.refuse.Refused;
import io.towpath.jdbc.row.RowOp;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** No key is parked: each record stands for itself. */
final class Unparked implements Sieve {
    private final List<Refused> refused;

    Unparked(List<Refused> unreadable) {
        this.refused = new ArrayList<>(unreadable);
    }

    @Override
    public List<RowOp> pass(List<RowOp> rows) {
        return rows;
    }

    @Override
    public List<RowOp> rest(List<RowOp> rows) {
        return rows;
    }

    @Override
    public void refuse(RowOp row, Refused one) {
        refused.add(one);
    }

    @Override
    public List<Refused> causes() {
        return refused;
    }

    @Override
    public List<Refused> letters() {
        return refused;
    }

    @Override
    public int dropped() {
        return 0;
    }

    @Override
    public void settle(Connection connection) {
        // Nothing is kept.
    }
}

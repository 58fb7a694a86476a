package io.towpath.jdbc;

import io.towpath.jdbc.sql.Session;
import io.towpath.jdbc.write.Pipeline;
import io.towpath.jdbc.write.SinkWriter;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** What the pipeline's thread does. */
record Writing(SinkWriter writer, Session session, SinkMetrics metrics) implements Pipeline.Work {

    @Override
    public void write(List<SinkRecord> batch, boolean again) throws SQLException {
        long start = System.nanoTime();
        metrics.committed(batch, writer.write(batch, again), start);
    }

    @Override
    public void end() {
        session.close();
    }
}

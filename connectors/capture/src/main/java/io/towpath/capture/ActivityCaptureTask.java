package io.towpath.capture;

import io.towpath.capture.config.CaptureConfig;
import io.towpath.capture.unit.Unit;
import io.towpath.capture.unit.UnitRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/**
 * Reads the databases that were assigned to it, and hands over whole units: what a database transaction, or a part of a
 * very large one, has become.
 */
public final class ActivityCaptureTask extends SourceTask {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private CaptureParts parts;

    @Override
    public String version() {
        return Version.text();
    }

    @Override
    public void start(Map<String, String> props) {
        parts = CaptureParts.of(CaptureConfig.parse(props), context);
        parts.readers().start();
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        parts.readers().throwFailure();
        parts.consents().throwLoss();
        List<Unit> units = parts.handoff().take(parts.batch().maxRecords(), PATIENCE, parts.gathering());
        if (units.isEmpty()) {
            return null;
        }
        List<SourceRecord> records = new ArrayList<>();
        for (Unit unit : units) {
            parts.readers().of(unit.database()).handedOver(unit);
            records.addAll(unit.records());
        }
        parts.transactions().commitAfter(records.get(records.size() - 1));
        return records;
    }

    @Override
    public void commitRecord(SourceRecord record, RecordMetadata metadata) {
        if (record instanceof UnitRecord ours) {
            parts.readers().of(ours.unit().database()).acknowledged(ours, metadata != null);
            parts.consents().acknowledged(record, metadata);
        }
    }

    @Override
    public void commit() throws InterruptedException {
        parts.release().run();
    }

    @Override
    public void stop() {
        if (parts != null) {
            parts.readers().stop();
        }
    }
}

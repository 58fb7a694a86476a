package io.towpath.capture.consent;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How often which decision was taken since the task started; read by the metrics from another thread. */
public final class ConsentCounts {

    private final Map<Reason, AtomicLong> decisions = new EnumMap<>(Reason.class);
    private final AtomicLong erasures = new AtomicLong();

    public ConsentCounts() {
        for (Reason reason : Reason.values()) {
            decisions.put(reason, new AtomicLong());
        }
    }

    public long of(Reason reason) {
        return decisions.get(reason).get();
    }

    public long erasures() {
        return erasures.get();
    }

    void decided(Reason reason) {
        decisions.get(reason).incrementAndGet();
    }

    void erased(int count) {
        erasures.addAndGet(count);
    }
}
